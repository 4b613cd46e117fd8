package dev.waymark.jobs.engine.cep;

import dev.waymark.schemas.rule.Step.Contiguity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.nfa.State;
import org.apache.flink.cep.nfa.State.StateType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.jspecify.annotations.Nullable;

/**
 * The states of flink-cep's NFA for a form.
 *
 * <p>After each event taken stands a state with a way for every part that may take the next one.
 * Where a part need not follow at once, its way leads to a state that waits for it, passing over
 * whatever is not forbidden meanwhile. Flink's own compiler builds much the same, save where absent
 * steps meet optional, repeated or further absent ones; jobs/RATIONALE.md has the cases.
 */
final class StateGraph {
  private static final String END = "end";
  private static final String START = "start";

  private final Form form;
  private final Map<String, State<Taken>> states = new HashMap<>();
  private final Set<String> awaitingNext = new HashSet<>();

  /** Where a part leads when it has taken its first event. */
  private final List<State<Taken>> entered = new ArrayList<>();

  /** Where all is taken and something must stay absent; null: no way has come there yet. */
  private @Nullable State<Taken> absentEnd;

  private StateGraph(Form form) {
    this.form = form;
  }

  static StateGraph of(Form form) {
    StateGraph graph = new StateGraph(form);
    graph.build();
    return graph;
  }

  List<State<Taken>> states() {
    return List.copyOf(states.values());
  }

  /** Whether a partial match in this state needs the very next event, whatever that is. */
  boolean awaitsNext(String state) {
    return awaitingNext.contains(state);
  }

  /** Whether a partial match in this state becomes a match when its span runs out. */
  boolean isPending(String state) {
    State<Taken> known = states.get(state);
    return known != null && known.isPending();
  }

  private void build() {
    State<Taken> end = state(END, StateType.Final);
    int parts = form.parts().size();
    for (int i = 0; i < parts; i++) {
      entered.add(end);
    }
    for (int i = parts - 1; i >= 0; i--) {
      entered.set(i, afterFirst(i, end));
    }
    start();
  }

  private void start() {
    List<State<Taken>> ways = new ArrayList<>();
    int opening = form.openingParts();
    for (int j = 0; j < opening; j++) {
      StateType type = opening == 1 ? StateType.Start : StateType.Normal;
      State<Taken> way = state(Part.page(j) + ":s", type);
      way.addTake(entered.get(j), edge(form.parts().get(j).test()));
      ways.add(way);
    }
    if (opening > 1) {
      State<Taken> start = state(START, StateType.Start);
      ways.forEach(way -> start.addProceed(way, null));
    }
  }

  /** From the last repetition backwards, as each leads to the next. */
  private State<Taken> afterFirst(int i, State<Taken> end) {
    Part part = form.parts().get(i);
    boolean canEnd = canEndAfter(i);
    List<State<Taken>> onward = canEnd ? List.of() : onward(i, end);
    State<Taken> after = end;
    for (int times = part.maxTimes(); times >= 1; times--) {
      if (canEnd && times >= part.minTimes()) {
        // The match that is complete first counts, so nothing may follow.
        after = end;
      } else {
        List<State<Taken>> ways = new ArrayList<>();
        if (times < part.maxTimes()) {
          ways.add(repetition(i, times, after));
        }
        if (times >= part.minTimes()) {
          ways.addAll(onward);
        }
        after = joined(Part.page(i) + ":" + times + "j", ways);
      }
    }
    return after;
  }

  private boolean canEndAfter(int i) {
    return form.absentAtEnd().isOfNothing()
        && form.parts().subList(i + 1, form.parts().size()).stream().allMatch(Part::optional);
  }

  /** The ways on from a part that has taken all it will. */
  private List<State<Taken>> onward(int i, State<Taken> end) {
    List<State<Taken>> ways = new ArrayList<>();
    Absence absent = Absence.OF_NOTHING;
    for (int j = i + 1; j < form.parts().size(); j++) {
      Part part = form.parts().get(j);
      absent = absent.and(part.absentBefore());
      ways.add(way(i, j, absent));
      if (!part.optional()) {
        return ways;
      }
    }
    ways.add(absentEnd(end));
    return ways;
  }

  private State<Taken> repetition(int i, int times, State<Taken> after) {
    State<Taken> waiting = state(Part.page(i) + ":" + times + "r", StateType.Normal);
    EventTest test = form.parts().get(i).test();
    waiting.addTake(after, edge(test));
    waiting.addIgnore(edge(test.negated()));
    return waiting;
  }

  /** From the end of part i to the first event of part j. */
  private State<Taken> way(int i, int j, Absence absent) {
    Part part = form.parts().get(j);
    String name = Part.page(j) + ":" + i;
    boolean strict = part.follows() == Contiguity.STRICT;
    if (!strict && absent.directly().isEmpty()) {
      return waiting(name + "w", j, absent);
    }
    EventTest atOnce = EventTest.none(absent.directly());
    State<Taken> first = state(name + "n", StateType.Normal);
    first.addTake(entered.get(j), edge(part.test().and(atOnce)));
    if (!strict) {
      first.addIgnore(waiting(name + "w", j, absent), edge(passing(part, absent).and(atOnce)));
    }
    awaitingNext.add(first.getName());
    return first;
  }

  private State<Taken> waiting(String name, int j, Absence absent) {
    State<Taken> waiting = state(name, StateType.Normal);
    Part part = form.parts().get(j);
    waiting.addTake(entered.get(j), edge(part.test()));
    waiting.addIgnore(edge(passing(part, absent)));
    return waiting;
  }

  /** What may come while a part is waited for. */
  private static EventTest passing(Part part, Absence absent) {
    EventTest allowed = EventTest.none(absent.anywhere());
    return part.follows() == Contiguity.ANY ? allowed : part.test().negated().and(allowed);
  }

  /** Everything is taken; what must stay absent is waited for until the span runs out. */
  private State<Taken> absentEnd(State<Taken> end) {
    if (absentEnd == null) {
      Absence absent = form.absentAtEnd();
      EventTest allowed = EventTest.none(absent.anywhere());
      State<Taken> rest = end;
      if (!absent.anywhere().isEmpty()) {
        rest = state(END + ":w", StateType.Pending);
        rest.addIgnore(edge(allowed));
      }
      absentEnd = absent.directly().isEmpty() ? rest : absentDirectly(rest, allowed, absent);
    }
    return absentEnd;
  }

  private State<Taken> absentDirectly(State<Taken> rest, EventTest allowed, Absence absent) {
    State<Taken> first = state(END + ":n", StateType.Pending);
    first.addIgnore(rest, edge(allowed.and(EventTest.none(absent.directly()))));
    awaitingNext.add(first.getName());
    return first;
  }

  /** One state for several ways; pending or awaiting the next event where one of them is. */
  private State<Taken> joined(String name, List<State<Taken>> ways) {
    if (ways.size() == 1) {
      return ways.get(0);
    }
    boolean pending = ways.stream().anyMatch(State::isPending);
    State<Taken> joined = state(name, pending ? StateType.Pending : StateType.Normal);
    ways.forEach(way -> joined.addProceed(way, null));
    if (ways.stream().anyMatch(way -> awaitsNext(way.getName()))) {
      awaitingNext.add(name);
    }
    return joined;
  }

  private State<Taken> state(String name, StateType type) {
    State<Taken> state = new State<>(name, type);
    states.put(name, state);
    return state;
  }

  private static IterativeCondition<Taken> edge(EventTest test) {
    return new Edge(test);
  }

  /** A test as flink-cep wants it. Never serialized: the graph is built anew from the rule. */
  private static final class Edge extends IterativeCondition<Taken> {
    private final transient EventTest test;

    private Edge(EventTest test) {
      this.test = test;
    }

    @Override
    public boolean filter(Taken event, Context<Taken> before) throws Exception {
      return test.test(event, before);
    }
  }
}
