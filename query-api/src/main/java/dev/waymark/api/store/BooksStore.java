package dev.waymark.api.store;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs' books. */
@Singleton
public final class BooksStore {
  /**
   * Left side, and the counters whose sum it must be. Holds for a job that keeps one of those
   * counters.
   */
  private record Equation(String total, List<String> parts, String keptBy) {
    boolean holds(Map<String, Long> counters) {
      return !counters.containsKey(keptBy)
          || counters.getOrDefault(total, 0L)
              == parts.stream().mapToLong(part -> counters.getOrDefault(part, 0L)).sum();
    }
  }

  private static final List<Equation> EQUATIONS =
      List.of(
          new Equation(
              "read", List.of("accepted", "duplicates", "conflicts", "dead_letters"), "read"),
          new Equation(
              "accepted",
              List.of("judged", "late", "waiting", "not_judged", "clock_skew"),
              "judged"),
          new Equation("accepted", List.of("measured", "too_late", "clock_skew"), "measured"));

  private final Database database;

  BooksStore(Database database) {
    this.database = database;
  }

  private record Entry(
      String job, String counter, long value, long checkpointId, @Nullable Instant watermark) {}

  /** The books of every job that has written any, by the job's name. */
  public Map<String, BooksView> byJob() {
    Sql sql =
        new Sql()
            .add(
                "SELECT job, counter, value, checkpoint_id, watermark FROM job_books ORDER BY job, counter");
    List<Entry> entries = database.read(session -> session.list(sql, BooksStore::entry));
    return entries.stream()
        .collect(
            Collectors.groupingBy(
                Entry::job,
                TreeMap::new,
                Collectors.collectingAndThen(Collectors.toList(), BooksStore::books)));
  }

  private static Entry entry(Row row) throws SQLException {
    return new Entry(
        row.text("job"),
        row.text("counter"),
        row.number("value"),
        row.number("checkpoint_id"),
        row.optionalInstant("watermark"));
  }

  private static BooksView books(List<Entry> entries) {
    Map<String, Long> counters = new TreeMap<>();
    entries.forEach(entry -> counters.put(entry.counter(), entry.value()));
    long checkpointId = entries.stream().mapToLong(Entry::checkpointId).max().orElse(0);
    Instant watermark = latest(entries, Entry::watermark);
    return new BooksView(
        checkpointId,
        watermark,
        counters,
        EQUATIONS.stream().allMatch(equation -> equation.holds(counters)));
  }

  private static @Nullable Instant latest(
      List<Entry> entries, Function<Entry, @Nullable Instant> time) {
    return entries.stream().map(time).filter(Objects::nonNull).max(Instant::compareTo).orElse(null);
  }
}
