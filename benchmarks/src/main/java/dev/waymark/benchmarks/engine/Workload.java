package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.engine.RunScript.Fault;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A stream of events of agent runs, the same at every call: a given number of runs is open at any
 * time, each event follows the one before by the same time, and every fiftieth run breaks a rule.
 * The n-th event can be asked for in any order, so that parallel sources share it.
 *
 * @param events how many; what is open behind the last one stays open
 * @param openRuns runs that are open at once, a multiple of {@value #GROUPS}
 */
record Workload(int events, int openRuns) implements Serializable {
  /** A run speaks twice, then it is the turn of the others. */
  private static final int GROUPS = 10;

  private static final int SCRIPTS = 2_000;
  private static final int PLANTED = SCRIPTS / 50;
  private static final List<Fault> FAULTS =
      Stream.of(Fault.values()).filter(fault -> fault != Fault.NONE).toList();
  private static final long BEGIN_MICROS = 1_735_689_600_000_000L;
  private static final long SEED = 20250101;
  private static final long MICROS_BETWEEN_EVENTS = 1_000;
  private static final long MAX_DISORDER_MICROS = 1_000_000;

  /** Event time at which the given event arrives, µs after the first. */
  private long arrivesAt(long event) {
    return event * MICROS_BETWEEN_EVENTS;
  }

  /**
   * Whether records arrive out of order. With so many runs that the two of a pair lie further apart
   * than anybody waits, a swapped pair would make all others late.
   */
  private boolean isDisturbed() {
    return arrivesAt(openRuns / GROUPS) <= MAX_DISORDER_MICROS;
  }

  /** Which of the runs that are open at once the event belongs to. */
  private int slotOf(int event) {
    int turn = openRuns / GROUPS;
    return event / (2 * turn) % GROUPS * turn + event % turn;
  }

  /** The event that falls to the same slot so many turns later or earlier. */
  private int neighbour(int event, int turns) {
    int turn = openRuns / GROUPS;
    int nth = event / (2 * openRuns) * 2 + event / turn % 2 + turns;
    return nth / 2 * 2 * openRuns + slotOf(event) / turn * 2 * turn + nth % 2 * turn + event % turn;
  }

  /** A time behind all events, µs since the epoch. */
  long endMicros() {
    return BEGIN_MICROS + arrivesAt(events + 2L * GROUPS * openRuns);
  }

  /** Makes the events ready to be taken. */
  Events opened() {
    return new Events(this);
  }

  /** The events themselves: about five bytes of memory each. */
  static final class Events {
    private final Workload workload;
    private final List<RunScript> scripts = new ArrayList<>();
    private final int[] runs;
    private final byte[] arrivals;

    private Events(Workload workload) {
      this.workload = workload;
      for (int i = 0; i < SCRIPTS; i++) {
        Fault fault = i < PLANTED ? FAULTS.get(i % FAULTS.size()) : Fault.NONE;
        scripts.add(RunScript.of(fault, new Random(SEED + i)));
      }
      runs = new int[workload.events];
      arrivals = new byte[workload.events];
      schedule();
    }

    private void schedule() {
      int[] run = new int[workload.openRuns];
      int[] arrival = new int[workload.openRuns];
      int begun = 0;
      Arrays.fill(run, -1);
      for (int event = 0; event < workload.events; event++) {
        int slot = workload.slotOf(event);
        boolean isOver = run[slot] < 0 || arrival[slot] == script(run[slot]).arrivals();
        if (isOver) {
          run[slot] = begun++;
          arrival[slot] = 0;
        }
        runs[event] = run[slot];
        arrivals[event] = (byte) arrival[slot]++;
      }
    }

    private RunScript script(int run) {
      return scripts.get(Math.floorMod(run * 0x9E3779B1, SCRIPTS));
    }

    /** The bytes of the n-th event to arrive. */
    byte[] get(int event) {
      RunScript script = script(runs[event]);
      int arrival = arrivals[event];
      int sent =
          workload.isDisturbed()
              ? workload.neighbour(event, script.placeOf(arrival) - arrival)
              : event;
      return script.eventOf(arrival, runs[event], workload.arrivesAt(sent));
    }
  }
}
