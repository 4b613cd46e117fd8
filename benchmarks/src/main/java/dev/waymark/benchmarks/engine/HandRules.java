package dev.waymark.benchmarks.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The benchmark's rules written by hand for one run: drops repeats, sorts what waits for the
 * watermark, judges, fires deadlines. A run has at most 63 events.
 */
final class HandRules {
  static final long NEVER = Long.MAX_VALUE;
  static final long HORIZON_MICROS = 120_000_000;

  private static final long GRACE_MICROS = 10_000_000;
  private static final long TIMEOUT_MICROS = 300_000_000;
  private static final long ANSWER_WITHIN_MICROS = 30_000_000;
  private static final long TELL_WITHIN_MICROS = 60_000_000;
  private static final long WINDOW_MICROS = 180_000_000;
  private static final int MAX_REQUESTS = 16;
  private static final Comparator<Step> IN_TURN =
      Comparator.comparingLong(Step::timeMicros).thenComparingInt(Step::seq);

  private static final int LOOKED_UP = 1;
  private static final int ANSWERED = 1 << 1;
  private static final int RUNAWAY = 1 << 2;
  private static final int ENDED = 1 << 3;

  private final String run;
  private long seen;
  private int flags;
  private long endMicros = NEVER;
  private long forgetMicros = NEVER;
  private long timerMicros = NEVER;
  private final List<Step> waiting = new ArrayList<>(4);
  private final List<Call> calls = new ArrayList<>(2);
  private final List<Refund> refunds = new ArrayList<>(0);
  private final List<Long> requests = new ArrayList<>(8);

  private record Call(String id, int seq, long dueMicros) {}

  private static final class Refund {
    final int seq;
    final long dueMicros;
    boolean told;
    boolean charged;

    Refund(int seq, long dueMicros) {
      this.seq = seq;
      this.dueMicros = dueMicros;
    }
  }

  HandRules(String run) {
    this.run = run;
  }

  String run() {
    return run;
  }

  /** Takes an event in; false if it is known. */
  boolean offer(Step step) {
    long bit = 1L << step.seq();
    if ((seen & bit) != 0) {
      return false;
    }
    seen |= bit;
    waiting.add(step);
    return true;
  }

  /** Judges what the watermark has passed. */
  void advance(long toMicros, Consumer<Finding> found) {
    if (waiting.size() > 1) {
      waiting.sort(IN_TURN);
    }
    int judged = 0;
    while (judged < waiting.size() && waiting.get(judged).timeMicros() <= toMicros) {
      Step step = waiting.get(judged++);
      fire(step.timeMicros() - 1, found);
      judge(step, found);
    }
    waiting.subList(0, judged).clear();
    fire(toMicros, found);
  }

  /** When {@link #advance} has something to do next. */
  long dueMicros() {
    long due = has(ENDED) ? forgetMicros : endMicros;
    for (Step step : waiting) {
      due = Math.min(due, step.timeMicros());
    }
    if (!calls.isEmpty()) {
      due = Math.min(due, calls.get(0).dueMicros());
    }
    for (Refund refund : refunds) {
      due = refund.told ? due : Math.min(due, refund.dueMicros);
    }
    return due;
  }

  /**
   * The time for which a timer must be set now; {@link #NEVER} where the one that is set comes
   * first.
   */
  long timerToSet() {
    long dueMicros = dueMicros();
    if (dueMicros >= timerMicros) {
      return NEVER;
    }
    timerMicros = dueMicros;
    return dueMicros;
  }

  /** Whether the timer that rang is the one last set; then none is set any more. */
  boolean takeTimer(long atMs) {
    boolean isLast = Math.floorDiv(timerMicros, 1_000) == atMs;
    timerMicros = isLast ? NEVER : timerMicros;
    return isLast;
  }

  /** Whether nothing of it matters any more. */
  boolean isForgotten(long atMicros) {
    return has(ENDED) && waiting.isEmpty() && forgetMicros <= atMicros;
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private void judge(Step step, Consumer<Finding> found) {
    long time = step.timeMicros();
    if (step.is(Step.REQUEST)) {
      judgeRequest(step, found);
    } else if (step.is(Step.RESPONSE)) {
      flags |= step.is(Step.LOOK_UP) ? LOOKED_UP : 0;
      calls.removeIf(call -> call.id().equals(step.call()));
    } else if (step.is(Step.ANSWER) && !has(ANSWERED)) {
      flags |= ANSWERED;
      endMicros = time + GRACE_MICROS;
    }
    endMicros = has(ANSWERED) ? endMicros : time + TIMEOUT_MICROS;
    forgetMicros = time + HORIZON_MICROS;
  }

  private void judgeRequest(Step step, Consumer<Finding> found) {
    long time = step.timeMicros();
    calls.add(new Call(step.call(), step.seq(), time + ANSWER_WITHIN_MICROS));
    countRequest(step, found);
    if (step.is(Step.BOOKING) && !has(LOOKED_UP)) {
      found.accept(new Finding(Finding.LOOK_UP_BEFORE_BOOKING, run, step.seq()));
    }
    for (Refund refund : refunds) {
      if (step.is(Step.NOTICE) && time <= refund.dueMicros) {
        refund.told = true;
      }
      if (step.is(Step.CHARGE) && !refund.charged) {
        refund.charged = true;
        found.accept(new Finding(Finding.NO_CHARGE_AFTER_REFUND, run, refund.seq));
      }
    }
    if (step.is(Step.REFUND)) {
      refunds.add(new Refund(step.seq(), time + TELL_WITHIN_MICROS));
    }
  }

  private void countRequest(Step step, Consumer<Finding> found) {
    long time = step.timeMicros();
    while (!requests.isEmpty() && requests.get(0) <= time - WINDOW_MICROS) {
      requests.remove(0);
    }
    requests.add(time);
    if (requests.size() < MAX_REQUESTS) {
      flags &= ~RUNAWAY;
    } else if (!has(RUNAWAY)) {
      flags |= RUNAWAY;
      found.accept(new Finding(Finding.NO_RUNAWAY_LOOP, run, step.seq()));
    }
  }

  private void fire(long toMicros, Consumer<Finding> found) {
    long until = Math.min(toMicros, endMicros);
    fireDeadlines(until, found);
    if (endMicros <= toMicros && !has(ENDED)) {
      fireDeadlines(NEVER, found);
      if (!has(ANSWERED)) {
        found.accept(new Finding(Finding.ENDS_WITH_AN_ANSWER, run, 0));
      }
      flags |= ENDED;
      requests.clear();
    }
  }

  private void fireDeadlines(long toMicros, Consumer<Finding> found) {
    while (!calls.isEmpty() && calls.get(0).dueMicros() <= toMicros) {
      found.accept(new Finding(Finding.TOOL_CALL_ANSWERED, run, calls.remove(0).seq()));
    }
    for (Iterator<Refund> each = refunds.iterator(); each.hasNext(); ) {
      Refund refund = each.next();
      if (!refund.told && refund.dueMicros <= toMicros) {
        refund.told = true;
        found.accept(new Finding(Finding.REFUND_IS_TOLD, run, refund.seq));
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeByte(flags);
    out.writeLong(endMicros);
    out.writeLong(forgetMicros);
    out.writeLong(timerMicros);
    out.writeByte(waiting.size());
    for (Step step : waiting) {
      out.writeByte(step.seq());
      out.writeLong(step.timeMicros());
      out.writeUTF(step.call());
      out.writeByte(step.kinds());
    }
    out.writeByte(calls.size());
    for (Call call : calls) {
      out.writeUTF(call.id());
      out.writeByte(call.seq());
      out.writeLong(call.dueMicros());
    }
    out.writeByte(refunds.size());
    for (Refund refund : refunds) {
      out.writeByte(refund.seq);
      out.writeLong(refund.dueMicros);
      out.writeBoolean(refund.told);
      out.writeBoolean(refund.charged);
    }
    out.writeByte(requests.size());
    for (long time : requests) {
      out.writeLong(time);
    }
  }

  static HandRules read(String run, DataInput in) throws IOException {
    HandRules rules = new HandRules(run);
    rules.seen = in.readLong();
    rules.flags = in.readByte();
    rules.endMicros = in.readLong();
    rules.forgetMicros = in.readLong();
    rules.timerMicros = in.readLong();
    for (int i = in.readByte(); i > 0; i--) {
      rules.waiting.add(
          new Step(run, in.readByte(), in.readLong(), in.readUTF(), in.readUnsignedByte()));
    }
    for (int i = in.readByte(); i > 0; i--) {
      rules.calls.add(new Call(in.readUTF(), in.readByte(), in.readLong()));
    }
    for (int i = in.readByte(); i > 0; i--) {
      Refund refund = new Refund(in.readByte(), in.readLong());
      refund.told = in.readBoolean();
      refund.charged = in.readBoolean();
      rules.refunds.add(refund);
    }
    for (int i = in.readByte(); i > 0; i--) {
      rules.requests.add(in.readLong());
    }
    return rules;
  }
}
