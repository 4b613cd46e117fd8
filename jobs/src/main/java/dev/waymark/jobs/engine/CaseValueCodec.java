package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.Binary;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The binary form of a {@link CaseValue}. Not thread-safe: reuses its buffer. */
final class CaseValueCodec implements WriteBackCache.Codec<CaseValue> {
  private static final int FIRST_CAPACITY = 1_024;
  private static final long BYTES_A_CASE = 600;
  private static final long BYTES_A_STATE = 250;
  private static final long BYTES_A_KEYS_WINDOWS = 350;

  private final StateCodec.RulesOf rulesOf;
  private final DataOutputSerializer out = new DataOutputSerializer(FIRST_CAPACITY);

  CaseValueCodec(StateCodec.RulesOf rulesOf) {
    this.rulesOf = rulesOf;
  }

  @Override
  public byte[] encode(CaseValue value) throws IOException {
    out.clear();
    StateCodec.write(value.cases, out);
    out.writeLong(value.timerMs);
    Binary.writeSize(out, value.waiting);
    out.writeBoolean(value.isBursting);
    out.writeBoolean(value.run != null);
    if (value.run != null) {
      writeRun(value.run);
    }
    return out.getCopyOfBuffer();
  }

  private void writeRun(RunMemory run) throws IOException {
    out.writeLong(run.forgetAtMicros);
    run.identities.write(out);
    Binary.writeSize(out, run.joins.size());
    for (RunMemory.Join join : run.joins) {
      Binary.writeNumber(out, join.settleMicros());
      join.calls().write(out);
    }
  }

  @Override
  public CaseValue decode(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    KeyCases cases = StateCodec.read(in, rulesOf);
    long timerMs = in.readLong();
    boolean countsWaiting = bytes[0] > StateCodec.WITHOUT_WAITING;
    int waiting = countsWaiting ? Binary.readSize(in) : 0;
    boolean isBursting = countsWaiting && in.readBoolean();
    CaseValue value = new CaseValue(cases, in.readBoolean() ? readRun(in) : null);
    value.timerMs = timerMs;
    value.waiting = waiting;
    value.isBursting = isBursting;
    return value;
  }

  private static RunMemory readRun(DataInputDeserializer in) throws IOException {
    long forgetAtMicros = in.readLong();
    RunMemory run = new RunMemory(RunIdentities.read(in));
    run.forgetAtMicros = forgetAtMicros;
    for (int i = Binary.readSize(in); i > 0; i--) {
      run.joins.add(new RunMemory.Join(Binary.readNumber(in), ActionJoin.read(in)));
    }
    return run;
  }

  @Override
  public long sizeBytes(CaseValue value) {
    long size = 200 + BYTES_A_KEYS_WINDOWS * value.cases.windowCounts.size();
    for (CaseState aCase : value.cases.open) {
      size += BYTES_A_CASE + sizeOfStates(aCase);
    }
    if (value.run != null) {
      size += value.run.identities.sizeBytes();
      for (RunMemory.Join join : value.run.joins) {
        size += join.calls().sizeBytes();
      }
    }
    return size;
  }

  private static long sizeOfStates(CaseState aCase) {
    long size = 0;
    for (int i = 0; i < aCase.touched(); i++) {
      MatcherState matcher = aCase.state(i).matcher;
      size += BYTES_A_STATE + (matcher == null ? 0 : matcher.sizeBytes());
    }
    return size;
  }
}
