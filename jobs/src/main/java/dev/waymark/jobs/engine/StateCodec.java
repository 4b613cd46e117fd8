package dev.waymark.jobs.engine;

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
import org.jspecify.annotations.Nullable;

/**
 * The open cases of a key as bytes: one value in the state backend. Numbers as varints, times
 * relative to the case's first event, strings that repeat the key left out. The first byte is the
 * version of the form.
 *
 * <p>States of rule versions that are no longer in force for the case are dropped when read, as
 * judging them is over.
 */
final class StateCodec {
  private static final int VERSION = 1;
  private static final int HAS_AGENT = 1;
  private static final int HAS_IDENTITY = 2;
  private static final int HAS_CORRELATION = 4;
  private static final int OTHER_RUN = 8;

  private StateCodec() {}

  static void write(KeyCases cases, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(cases.firstMicros);
    out.writeLong(cases.lastMicros);
    Binary.writeSize(out, cases.open.size());
    for (CaseState aCase : cases.open) {
      writeCase(aCase, out);
    }
  }

  /** Finds the rules of a case whose state is being read. */
  interface RulesOf {
    RuleIndex find(CaseState aCase);
  }

  static KeyCases read(DataInput in, RulesOf rulesOf) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "case state of version " + version + ", this build reads " + VERSION);
    }
    KeyCases cases = new KeyCases();
    cases.firstMicros = in.readLong();
    cases.lastMicros = in.readLong();
    int count = Binary.readSize(in);
    for (int i = 0; i < count; i++) {
      cases.open.add(readCase(in, rulesOf));
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
    writeMark(aCase.first, aCase.first, out);
    out.writeLong(aCase.ruledFromMicros);
    out.writeLong(aCase.rulesAsOfMicros);
    out.writeLong(aCase.knownChanges);
    Binary.writeNumber(out, aCase.events);
    out.writeLong(aCase.lastMicros);
    out.writeLong(aCase.finalEndMicros);
    out.writeByte(
        (aCase.sawFinalOutput ? 1 : 0) | (aCase.late ? 2 : 0) | (aCase.last != null ? 4 : 0));
    if (aCase.last != null) {
      writeMark(aCase.last, aCase.first, out);
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
    Mark first = readMark(in, origin.runId(), firstMicros);
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
    aCase.last = (flags & 4) != 0 ? readMark(in, first.runId(), firstMicros) : null;
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
      if (ordinal >= 0) {
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
      writeMark(state.start, first, out);
    }
    writeMarks(state.pending, first, out);
    writeMarks(state.seen, first, out);
    Binary.writeSize(out, state.deferred.size());
    for (RuleState.Deferred deferred : state.deferred) {
      writeDeferred(deferred, first, out);
    }
  }

  private static void writeDeferred(RuleState.Deferred deferred, Mark first, DataOutput out)
      throws IOException {
    out.writeLong(deferred.timeMicros());
    Binary.writeText(out, deferred.message());
    Binary.writeSize(out, deferred.proofs().size());
    for (Proof proof : deferred.proofs()) {
      writeMark(proof.mark(), first, out);
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
      proofs.add(new Proof(readMark(in, first.runId(), first.timeMicros()), Binary.readText(in)));
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
    state.start = in.readBoolean() ? readMark(in, first.runId(), first.timeMicros()) : null;
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
      writeMark(mark, first, out);
    }
  }

  private static void readMarks(DataInput in, Mark first, List<Mark> marks) throws IOException {
    for (int i = Binary.readSize(in); i > 0; i--) {
      marks.add(readMark(in, first.runId(), first.timeMicros()));
    }
  }

  private static void writeMark(Mark mark, Mark first, DataOutput out) throws IOException {
    boolean otherRun = !mark.runId().equals(first.runId());
    int flags =
        (mark.agent() != null ? HAS_AGENT : 0)
            | (mark.identity() != null ? HAS_IDENTITY : 0)
            | (mark.correlation() != null ? HAS_CORRELATION : 0)
            | (otherRun ? OTHER_RUN : 0);
    out.writeByte(flags);
    Binary.writeNumber(out, mark.position());
    Binary.writeNumber(out, mark.timeMicros() - first.timeMicros());
    Binary.writeNumber(out, mark.seq());
    Binary.writeNumber(out, mark.progress());
    writeIf(out, otherRun, mark.runId());
    writeIf(out, mark.agent() != null, mark.agent());
    writeIf(out, mark.identity() != null, mark.identity());
    writeIf(out, mark.correlation() != null, mark.correlation());
  }

  private static Mark readMark(DataInput in, String firstRun, long firstMicros) throws IOException {
    int flags = in.readByte();
    long position = Binary.readNumber(in);
    long timeMicros = Binary.readNumber(in) + firstMicros;
    long seq = Binary.readNumber(in);
    long progress = Binary.readNumber(in);
    String run = (flags & OTHER_RUN) != 0 ? Binary.readText(in) : firstRun;
    String agent = (flags & HAS_AGENT) != 0 ? Binary.readText(in) : null;
    String identity = (flags & HAS_IDENTITY) != 0 ? Binary.readText(in) : null;
    String correlation = (flags & HAS_CORRELATION) != 0 ? Binary.readText(in) : null;
    return new Mark(position, timeMicros, run, seq, agent, identity, correlation, progress);
  }

  private static void writeIf(DataOutput out, boolean wanted, @Nullable String text)
      throws IOException {
    if (wanted && text != null) {
      Binary.writeText(out, text);
    }
  }
}
