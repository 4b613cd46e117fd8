package dev.waymark.api.pipeline;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.TimeMode;
import dev.waymark.api.ingest.KafkaUnavailableException;
import dev.waymark.api.pipeline.FlinkClient.FlinkJob;
import dev.waymark.api.pipeline.PipelineView.JobView;
import dev.waymark.api.pipeline.PipelineView.LagView;
import dev.waymark.api.pipeline.PipelineView.LimitView;
import dev.waymark.api.store.BooksStore;
import dev.waymark.api.store.BooksView;
import dev.waymark.api.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what Flink, Kafka and the jobs' books say. This is where one looks when something
 * is wrong, so a server that does not answer is named and the rest is shown.
 */
@Singleton
public final class Pipeline {
  private static final String VALIDATION = "waymark-validation";

  /** Flink's names of the jobs, and their consumer groups. */
  public static final List<String> JOBS = List.of("waymark-trail", VALIDATION, "waymark-metrics");

  private static final String NOT_SUBMITTED = "NOT_SUBMITTED";

  private final ApiConfig config;
  private final FlinkClient flink;
  private final ConsumerLag consumerLag;
  private final BooksStore books;
  private final Clock clock;

  Pipeline(
      ApiConfig config, FlinkClient flink, ConsumerLag consumerLag, BooksStore books, Clock clock) {
    this.config = config;
    this.flink = flink;
    this.consumerLag = consumerLag;
    this.books = books;
    this.clock = clock;
  }

  /** How the pipeline fares now. */
  public PipelineView view() {
    List<String> problems = new ArrayList<>();
    Optional<Map<String, FlinkJob>> jobs = ask(() -> flink.jobs(JOBS), problems);
    Map<String, List<LagView>> lag = ask(() -> consumerLag.of(JOBS), problems).orElse(Map.of());
    Map<String, BooksView> bookkeeping = ask(books::byJob, problems).orElse(Map.of());
    List<JobView> views =
        JOBS.stream()
            .map(name -> job(name, jobs, lag.getOrDefault(name, List.of()), bookkeeping.get(name)))
            .toList();
    List<LimitView> limits = limits(bookkeeping.get(VALIDATION));
    return new PipelineView(config.time().name().toLowerCase(Locale.ROOT), views, limits, problems);
  }

  private static List<LimitView> limits(@Nullable BooksView books) {
    Map<String, Long> counters = books == null ? Map.of() : books.counters();
    return List.of(
        new LimitView(
            "engine.max-open-cases", "open cases an instance", counters.get("cases_beyond_limit")),
        new LimitView(
            "engine.max-waiting-events-a-case",
            "events that wait of a case",
            counters.get("waiting_beyond_limit")),
        new LimitView(
            "engine.max-partial-matches",
            "partial matches a case and rule",
            counters.get("partial_matches_beyond_limit")));
  }

  private static <T> Optional<T> ask(Supplier<T> source, List<String> problems) {
    try {
      return Optional.of(source.get());
    } catch (FlinkUnavailableException | KafkaUnavailableException | StoreUnavailableException e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private JobView job(
      String name,
      Optional<Map<String, FlinkJob>> jobs,
      List<LagView> lag,
      @Nullable BooksView bookkeeping) {
    FlinkJob job = jobs.map(known -> known.get(name)).orElse(null);
    Instant booked = bookkeeping == null ? null : bookkeeping.watermark();
    if (job == null) {
      String state = jobs.isEmpty() ? null : NOT_SUBMITTED;
      return new JobView(
          name, state, null, null, null, null, lag, booked, lagMs(booked), bookkeeping);
    }
    Instant watermark = job.watermark() == null ? booked : job.watermark();
    return new JobView(
        name,
        job.state(),
        job.id(),
        job.startedAt(),
        job.restarts(),
        job.lastCheckpoint(),
        lag,
        watermark,
        lagMs(watermark),
        bookkeeping);
  }

  private @Nullable Long lagMs(@Nullable Instant watermark) {
    boolean isMeaningful = watermark != null && config.time() == TimeMode.LIVE;
    return isMeaningful ? (Long) Duration.between(watermark, clock.instant()).toMillis() : null;
  }
}
