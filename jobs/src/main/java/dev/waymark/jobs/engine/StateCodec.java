package dev.waymark.jobs.engine;

import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.jobs.types.Binary;
import dev.waymark.schemas.rule.CaseConfig;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The open cases of a key as bytes: one value in the state backend. Numbers as varints, times
 * relative to the case's first event, strings that repeat the key left out. The first byte is the
 * version of the form, and of that of the {@link CaseValue} around it.
 *
 * <p>States of rule versions that are no longer in force for the case are dropped when read, as
 * judging them is over.
 */
final class StateCodec {
  private static final int VERSION = 4;

  /** The form of values that did not say how many events wait. */
  static final int WITHOUT_WAITING = 3;

  /** The form before windows were counted. */
  private static final int WITHOUT_WINDOWS = 2;

  private static final int FIRST_MATCHER_BYTES = 256;

  private StateCodec() {}

  static void write(KeyCases cases, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(cases.firstMicros);
    out.writeLong(cases.lastMicros);
    Binary.writeSize(out, cases.open.size());
    for (CaseState aCase : cases.open) {
      writeCase(aCase, out);
    }
    Binary.writeSize(out, cases.windowCounts.size());
    for (Map.Entry<Long, WindowCounts> counts : cases.windowCounts.entrySet()) {
      out.writeLong(counts.getKey());
      counts.getValue().write(out);
    }
  }

  /** Finds the rules of a case whose state is being read. */
  interface RulesOf {
    RuleIndex find(CaseState aCase);
  }

  static KeyCases read(DataInput in, RulesOf rulesOf) throws IOException {
    int version = in.readByte();
    if (version < WITHOUT_WINDOWS || version > VERSION) {
      throw new IllegalStateException(
          "case state of version "
              + version
              + ", this build reads "
              + WITHOUT_WINDOWS
              + " to "
              + VERSION);
    }
    KeyCases cases = new KeyCases();
    cases.firstMicros = in.readLong();
    cases.lastMicros = in.readLong();
    int count = Binary.readSize(in);
    for (int i = 0; i < count; i++) {
      CaseState aCase = readCase(in, rulesOf);
      aCase.windowCounts = cases.windowCounts;
      cases.open.add(aCase);
    }
    if (version != WITHOUT_WINDOWS) {
      for (int i = Binary.readSize(in); i > 0; i--) {
        cases.windowCounts.put(in.readLong(), WindowCounts.read(in));
      }
    }
    return cases;
  }

  private static void writeCase(CaseState aCase, DataOutput out) throws IOException {
    Binary.writeText(out, aCase.tenant);
    Binary.writeText(out, aCase.key);
    Binary.writeText(out, CaseKeys.name(aCase.keyFields));
    out.writeLong(aCase.config.timeoutMicros());
    out.writeLong(aCase.config.graceMicros());
    out.writeLong(aCase.config.settleMicros());
    Binary.writeText(out, aCase.firstAgent);
    Binary.writeText(out, aCase.first.runId());
    out.writeLong(aCase.first.timeMicros());
    MarkCodec.write(aCase.first, aCase.first, out);
    out.writeLong(aCase.ruledFromMicros);
    out.writeLong(aCase.rulesAsOfMicros);
    out.writeLong(aCase.knownChanges);
    Binary.writeNumber(out, aCase.events);
    out.writeLong(aCase.lastMicros);
    out.writeLong(aCase.finalEndMicros);
    out.writeByte(
        (aCase.sawFinalOutput ? 1 : 0)
            | (aCase.late ? 2 : 0)
            | (aCase.last != null ? 4 : 0)
            | (aCase.unjudged ? 8 : 0));
    if (aCase.last != null) {
      MarkCodec.write(aCase.last, aCase.first, out);
    }
    Binary.writeSize(out, aCase.agents.size());
    for (String agent : aCase.agents) {
      Binary.writeText(out, agent);
    }
    Binary.writeSize(out, aCase.unstarted.size());
    for (long reference : aCase.unstarted) {
      out.writeLong(reference);
    }
    RuleIndex rules = Objects.requireNonNull(aCase.rules, "a judged case has its rules");
    Binary.writeSize(out, aCase.touched());
    for (int i = 0; i < aCase.touched(); i++) {
      out.writeLong(rules.rules[aCase.ordinal(i)].reference);
      writeState(aCase.state(i), aCase.first, out);
      writeMatcher(aCase.state(i).matcher, aCase.first, out);
    }
  }

  private static CaseState readCase(DataInput in, RulesOf rulesOf) throws IOException {
    String tenant = Binary.readText(in);
    String key = Binary.readText(in);
    List<String> keyFields = CaseKeys.fields(Binary.readText(in));
    CaseConfig config = new CaseConfig(in.readLong(), in.readLong(), in.readLong());
    String firstAgent = Binary.readText(in);
    Mark origin = new Mark(0, 0, Binary.readText(in), 0, null, null, null, 0);
    long firstMicros = in.readLong();
    Mark first = MarkCodec.read(in, origin.runId(), firstMicros);
    CaseState aCase =
        new CaseState(tenant, key, keyFields, config, first, firstAgent, in.readLong());
    aCase.rulesAsOfMicros = in.readLong();
    aCase.knownChanges = in.readLong();
    aCase.events = Binary.readNumber(in);
    aCase.lastMicros = in.readLong();
    aCase.finalEndMicros = in.readLong();
    int flags = in.readByte();
    aCase.sawFinalOutput = (flags & 1) != 0;
    aCase.late = (flags & 2) != 0;
    aCase.unjudged = (flags & 8) != 0;
    aCase.last = (flags & 4) != 0 ? MarkCodec.read(in, first.runId(), firstMicros) : null;
    for (int i = Binary.readSize(in); i > 0; i--) {
      aCase.agents.add(Binary.readText(in));
    }
    for (int i = Binary.readSize(in); i > 0; i--) {
      aCase.unstarted.add(in.readLong());
    }
    RuleIndex rules = rulesOf.find(aCase);
    aCase.rules = rules;
    for (int i = Binary.readSize(in); i > 0; i--) {
      int ordinal = rules.ordinal(in.readLong());
      RuleState state = readState(in, first);
      byte[] matcher = Binary.readBytes(in);
      if (ordinal >= 0) {
        state.matcher = readMatcher(matcher, rules.rules[ordinal].judge, first);
        aCase.put(ordinal, state);
      }
    }
    return aCase;
  }

  private static void writeState(RuleState state, Mark first, DataOutput out) throws IOException {
    Binary.writeNumber(out, state.activations);
    Binary.writeNumber(out, state.violations);
    out.writeInt(state.flags);
    Binary.writeNumber(out, state.count);
    out.writeBoolean(state.start != null);
    if (state.start != null) {
      MarkCodec.write(state.start, first, out);
    }
    writeMarks(state.pending, first, out);
    writeMarks(state.seen, first, out);
    Binary.writeSize(out, state.deferred.size());
    for (RuleState.Deferred deferred : state.deferred) {
      writeDeferred(deferred, first, out);
    }
  }

  /** With its length, so that it can be passed over where its judge is gone. */
  private static void writeMatcher(@Nullable MatcherState matcher, Mark first, DataOutput out)
      throws IOException {
    if (matcher == null) {
      Binary.writeSize(out, 0);
      return;
    }
    DataOutputSerializer bytes = new DataOutputSerializer(FIRST_MATCHER_BYTES);
    matcher.write(first, bytes);
    Binary.writeBytes(out, bytes.getCopyOfBuffer());
  }

  private static @Nullable MatcherState readMatcher(byte[] bytes, Judge judge, Mark first)
      throws IOException {
    return bytes.length == 0 ? null : judge.readMatcher(first, new DataInputDeserializer(bytes));
  }

  private static void writeDeferred(RuleState.Deferred deferred, Mark first, DataOutput out)
      throws IOException {
    out.writeLong(deferred.timeMicros());
    Binary.writeText(out, deferred.message());
    Binary.writeSize(out, deferred.proofs().size());
    for (Proof proof : deferred.proofs()) {
      MarkCodec.write(proof.mark(), first, out);
      Binary.writeText(out, proof.role());
    }
    Binary.writeSize(out, deferred.facts().size());
    for (Map.Entry<String, String> fact : deferred.facts().entrySet()) {
      Binary.writeText(out, fact.getKey());
      Binary.writeText(out, fact.getValue());
    }
  }

  private static RuleState.Deferred readDeferred(DataInput in, Mark first) throws IOException {
    long timeMicros = in.readLong();
    String message = Binary.readText(in);
    List<Proof> proofs = new ArrayList<>();
    for (int i = Binary.readSize(in); i > 0; i--) {
      proofs.add(
          new Proof(MarkCodec.read(in, first.runId(), first.timeMicros()), Binary.readText(in)));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = Binary.readSize(in); i > 0; i--) {
      facts.put(Binary.readText(in), Binary.readText(in));
    }
    return new RuleState.Deferred(timeMicros, proofs, message, facts);
  }

  private static RuleState readState(DataInput in, Mark first) throws IOException {
    RuleState state = new RuleState();
    state.activations = Binary.readNumber(in);
    state.violations = Binary.readNumber(in);
    state.flags = in.readInt();
    state.count = Binary.readNumber(in);
    state.start = in.readBoolean() ? MarkCodec.read(in, first.runId(), first.timeMicros()) : null;
    readMarks(in, first, state.pending);
    readMarks(in, first, state.seen);
    for (int i = Binary.readSize(in); i > 0; i--) {
      state.deferred.add(readDeferred(in, first));
    }
    return state;
  }

  private static void writeMarks(List<Mark> marks, Mark first, DataOutput out) throws IOException {
    Binary.writeSize(out, marks.size());
    for (Mark mark : marks) {
      MarkCodec.write(mark, first, out);
    }
  }

  private static void readMarks(DataInput in, Mark first, List<Mark> marks) throws IOException {
    for (int i = Binary.readSize(in); i > 0; i--) {
      marks.add(MarkCodec.read(in, first.runId(), first.timeMicros()));
    }
  }
}
