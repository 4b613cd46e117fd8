package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.judge.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * flink-cep's NFA for one form, over the state of one case at a time. Its timestamps are µs, its
 * exclusive window a µs longer than the span of the rule, which is inclusive.
 *
 * <p>Matches are reported as soon as they are complete, and end all that began with the same event.
 * (Flink's own {@code skipToNext} reports a match only when no partial match is left that began
 * earlier.) Not thread-safe.
 */
final class Automaton {
  private static final AfterMatchSkipStrategy EVERY_MATCH = AfterMatchSkipStrategy.noSkip();

  /** The maps below the caches are in memory already. */
  private static final int NO_CACHE = 0;

  private static final Duration NEVER_LOGGED = Duration.ofDays(1);

  private static final TimerService NO_CLOCK =
      () -> {
        throw new IllegalStateException("time comes from the log alone");
      };

  private static final Comparator<ComputationState> NEWEST_FIRST =
      NFAState.COMPUTATION_STATE_COMPARATOR
          .reversed()
          .thenComparing(ComputationState::getCurrentStateName)
          .thenComparing(match -> match.getVersion().toString());

  private final Form form;
  private final StateGraph graph;
  private final NFA<Taken> nfa;
  private final CaseStore store = new CaseStore();
  private final SharedBufferAccessor<Taken> buffer;

  Automaton(Form form) {
    this.form = form;
    this.graph = StateGraph.of(form);
    this.nfa =
        new NFA<>(
            graph.states(),
            Map.of(),
            form.isBounded() ? form.maxMicros() + 1 : 0,
            form.tellsUnfinished());
    SharedBuffer<Taken> shared =
        new SharedBuffer<>(
            store,
            TakenSerializer.OF_NO_CASE,
            new SharedBufferCacheConfig(NO_CACHE, NO_CACHE, NEVER_LOGGED));
    shared.releaseCacheStatisticsTimer();
    this.buffer = shared.getAccessor();
  }

  /** The state of a case without partial matches. */
  PartialMatches begin() {
    return new PartialMatches(nfa.createInitialNFAState());
  }

  /** Works out of a state that was read what is not written. */
  PartialMatches resumed(PartialMatches read) {
    read.sumUp(graph, form.tellsUnfinished());
    return read;
  }

  /**
   * The next event of the case.
   *
   * @param opens whether it may begin a match
   * @return the matches that are complete with it, one for each first event
   */
  List<Match> onEvent(PartialMatches matches, Taken event, boolean opens) {
    store.use(matches, event.mark().position());
    try {
      NFAState state = matches.nfaState(opens);
      List<Match> found =
          Match.onePerFirst(
              nfa.process(buffer, state, event, event.mark().timeMicros(), EVERY_MATCH, NO_CLOCK));
      matches.becomes(state);
      dropBegunWith(matches, found);
      matches.sumUp(graph, form.tellsUnfinished());
      buffer.close();
      return found;
    } catch (Exception e) {
      throw new FlinkRuntimeException("flink-cep fails at seq " + event.mark().seq(), e);
    }
  }

  /** Whether the span of some partial match is over at a time. */
  boolean anyIsOver(PartialMatches matches, long timeMicros) {
    return form.isBounded()
        && !matches.isEmpty()
        && matches.oldestMicros() + form.maxMicros() < timeMicros;
  }

  /** When a span's end decides something next; {@link Judge#NEVER}: not without another event. */
  long dueMicros(PartialMatches matches) {
    long oldest = matches.oldestPendingMicros();
    return oldest == Judge.NEVER || !form.isBounded() ? Judge.NEVER : endOfSpan(oldest);
  }

  /** When the span of a match ends that began at a time. */
  long endOfSpan(long firstMicros) {
    return form.isBounded() ? firstMicros + form.maxMicros() : Judge.NEVER;
  }

  /**
   * Drops what began so long ago that its span is over at a time.
   *
   * @return what that decides, one for each first event
   */
  List<Match> expire(PartialMatches matches, long timeMicros) {
    store.use(matches, 0);
    try {
      NFAState state = matches.nfaState(true);
      var over = nfa.advanceTime(buffer, state, timeMicros, EVERY_MATCH);
      List<Map<String, List<Taken>>> decided = new ArrayList<>(over.f0);
      over.f1.forEach(unfinished -> decided.add(unfinished.f0));
      List<Match> found = Match.onePerFirst(decided);
      matches.becomes(state);
      dropBegunWith(matches, found);
      matches.sumUp(graph, form.tellsUnfinished());
      buffer.close();
      return found;
    } catch (Exception e) {
      throw new FlinkRuntimeException("flink-cep fails at " + timeMicros + " µs", e);
    }
  }

  /** The case is over, and with it every span. */
  List<Match> expireAll(PartialMatches matches) {
    if (!form.isBounded() || matches.isEmpty()) {
      return List.of();
    }
    long newest =
        matches.alive().stream().mapToLong(ComputationState::getStartTimestamp).max().orElseThrow();
    return expire(matches, endOfSpan(newest) + 1);
  }

  /** Drops so many partial matches, those that began last first. */
  void dropNewest(PartialMatches matches, int count) {
    Set<ComputationState> newest = Collections.newSetFromMap(new IdentityHashMap<>());
    matches.alive().stream().sorted(NEWEST_FIRST).limit(count).forEach(newest::add);
    store.use(matches, 0);
    try {
      drop(matches, newest::contains);
      matches.sumUp(graph, form.tellsUnfinished());
      buffer.close();
    } catch (Exception e) {
      throw new FlinkRuntimeException("flink-cep fails to drop partial matches", e);
    }
  }

  private void dropBegunWith(PartialMatches matches, List<Match> found) throws Exception {
    if (found.isEmpty() || matches.isEmpty()) {
      return;
    }
    Set<Integer> firsts = new HashSet<>();
    found.forEach(match -> firsts.add((int) match.first().position()));
    drop(matches, match -> firsts.contains(match.getStartEventID().getId()));
  }

  private void drop(PartialMatches matches, Predicate<ComputationState> unwanted) throws Exception {
    for (Iterator<ComputationState> alive = matches.alive().iterator(); alive.hasNext(); ) {
      ComputationState match = alive.next();
      if (unwanted.test(match)) {
        buffer.releaseNode(match.getPreviousBufferEntry(), match.getVersion());
        alive.remove();
      }
    }
  }
}
