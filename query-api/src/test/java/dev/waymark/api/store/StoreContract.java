package dev.waymark.api.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import dev.waymark.schemas.metric.LatencySketch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every home of the store must do alike: plain PostgreSQL and TimescaleDB. */
abstract class StoreContract {
  static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");
  private static final TenantScope ALL = TenantScope.all();
  private static final TenantScope ACME = TenantScope.of("acme");
  private static final RunFilter ANY_RUN = new RunFilter(null, null, TimeRange.ALL, null);
  private static final ViolationFilter ANY_VIOLATION =
      new ViolationFilter(null, null, null, null, null, TimeRange.ALL);
  private static final MetricFilter EVERYTHING = new MetricFilter(null, null, null, TimeRange.ALL);
  private static final int PAGE_BYTES = 1_000;

  private Database database;
  private StoredRows rows;
  private ApiConfig config;
  private ObjectMapper json;

  /** An empty, migrated database of this test's own. */
  abstract Home open();

  /** Where that is. */
  interface Home extends AutoCloseable {
    String url();

    String user();

    String password();

    DataSource dataSource();

    @Override
    void close();
  }

  private Home home;

  @BeforeEach
  void openStore() {
    home = open();
    config =
        ApiConfig.from(
            Map.of(
                "WAYMARK_DB_URL", home.url(),
                "WAYMARK_DB_USER", home.user(),
                "WAYMARK_DB_PASSWORD", home.password(),
                "WAYMARK_API_PAGE_BYTES", String.valueOf(PAGE_BYTES),
                "WAYMARK_API_MAX_SERIES_POINTS", "50"));
    database = new Database(config);
    database.declareMigrated();
    json =
        new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    rows = new StoredRows(home.dataSource());
  }

  @AfterEach
  void closeStore() {
    rows.close();
    database.close();
    home.close();
  }

  @Test
  void listsRunsNewestFirstOverSeveralPagesWithoutGapOrRepeat() {
    // Given: three runs of one instant, in two tenants, among others
    RunStore runs = runs();
    rows.run("acme", "b", "bot", "running", T0);
    rows.run("zeta", "a", "bot", "running", T0);
    rows.run("acme", "a", "bot", "running", T0);
    rows.run("acme", "late", "bot", "running", T0.plusSeconds(9));
    rows.run("zeta", "early", "bot", "running", T0.minusSeconds(9));

    // When
    List<RunView> all = walk(Cursor.Kind.RUNS, 2, page -> runs.list(ALL, ANY_RUN, page));

    // Then
    assertThat(all)
        .extracting(run -> run.tenant() + "/" + run.runId())
        .containsExactly("acme/late", "acme/a", "acme/b", "zeta/a", "zeta/early");
  }

  @Test
  void filtersRuns() {
    // Given
    RunStore runs = runs();
    rows.run("acme", "one", "bot", "running", T0);
    rows.run("acme", "two", "clerk", "failed", T0.plusSeconds(10));
    rows.run("zeta", "three", "bot", "timed_out", T0.plusSeconds(20));
    rows.violation("v", "acme", "rule", "ERROR", "two", T0, "[]");

    // Then
    assertThat(ids(runs, ACME, ANY_RUN)).containsExactly("two", "one");
    assertThat(ids(runs, ALL, new RunFilter("bot", null, TimeRange.ALL, null)))
        .containsExactly("three", "one");
    assertThat(ids(runs, ALL, new RunFilter(null, RunStatus.TIMED_OUT, TimeRange.ALL, null)))
        .containsExactly("three");
    assertThat(ids(runs, ALL, new RunFilter(null, null, TimeRange.ALL, true)))
        .containsExactly("two");
    assertThat(ids(runs, ALL, new RunFilter(null, null, TimeRange.ALL, false)))
        .containsExactly("three", "one");
    TimeRange range = new TimeRange(T0, T0.plusSeconds(10));
    assertThat(ids(runs, ALL, new RunFilter(null, null, range, null))).containsExactly("one");
  }

  @Test
  void countsTheViolationsThatASummaryStandsFor() {
    // Given
    rows.run("acme", "one", "bot", "running", T0);
    rows.violation("v1", "acme", "rule", "ERROR", "one", T0, "[]");
    rows.violation("v2", "acme", "rule", "ERROR", "one", T0, "[]");
    rows.suppressed("v2", 40);

    // When
    RunView run = runs().find(ACME, "one").get(0);

    // Then
    assertThat(run.violations()).isEqualTo(41);
    assertThat(run.eventsByType()).containsExactly(Map.entry("reasoning", 1L));
  }

  @Test
  void keepsATenantFromAnothersFacts() {
    // Given
    rows.run("zeta", "secret", "bot", "running", T0);
    rows.event("zeta", "secret", 1, T0, "{}", 0);
    rows.violation("v", "zeta", "rule", "ERROR", "secret", T0, "[]");
    rows.conflict("zeta", "secret", 1, T0, "{}", 1);
    rows.outcome("zeta", "rule", "v1", 1, 0, 0, 0);
    rows.window(Granularity.DAY, "zeta", "bot", "", T0, 5, new LatencySketch());

    // Then
    assertThat(runs().list(ACME, ANY_RUN, PageRequest.first()).items()).isEmpty();
    assertThat(runs().find(ACME, "secret")).isEmpty();
    assertThat(runs().trail(ACME, "secret", TimeRange.ALL, PageRequest.first()).items()).isEmpty();
    assertThat(violations().list(ACME, ANY_VIOLATION, PageRequest.first()).items()).isEmpty();
    assertThat(violations().find(ACME, "v")).isEmpty();
    assertThat(conflicts().list(ACME, null, null, TimeRange.ALL, PageRequest.first()).items())
        .isEmpty();
    assertThat(new ConformanceStore(database).list(ACME, null, PageRequest.first()).items())
        .isEmpty();
    assertThat(metrics().totals(ACME, EVERYTHING).figures().events()).isZero();
    assertThat(metrics().series(ACME, EVERYTHING, Grouping.AGENT, null, 5).groups()).isEmpty();
  }

  @Test
  void ordersATrailByTimeThenNumberAndKeepsEveryByte() {
    // Given: two events of one µs, and white space, escapes and number forms that a JSON writer
    // would change
    List<String> bodies =
        List.of("{ \"a\" : 1.00 }", "{\"a\":\"\\u00e9é😀\\/\"}", "{\"a\":1e2,\"a\":1E+2}\n");
    rows.event("acme", "run", 3, T0.plus(1, ChronoUnit.MICROS), bodies.get(2), 2);
    rows.event("acme", "run", 2, T0, bodies.get(1), 1);
    rows.event("acme", "run", 1, T0, bodies.get(0), 0);

    // When
    List<TrailEventView> trail =
        walk(Cursor.Kind.TRAIL, 1, page -> runs().trail(ACME, "run", TimeRange.ALL, page));

    // Then
    assertThat(trail).extracting(event -> event.event().json()).isEqualTo(bodies);
    assertThat(trail).extracting(TrailEventView::seq).containsExactly(1L, 2L, 3L);
    assertThat(trail.get(2).t()).isEqualTo(T0.plus(1, ChronoUnit.MICROS));
  }

  @Test
  void endsATrailPageEarlyWhereItsBodiesGrowTooLarge() {
    // Given: three events that fill half a page each
    String body = "{\"x\":\"" + "é".repeat(PAGE_BYTES / 4) + "\"}";
    IntStream.range(0, 3)
        .forEach(i -> rows.event("acme", "run", i + 1, T0.plusSeconds(i), body, i));

    // When
    PageView<TrailEventView> page = runs().trail(ACME, "run", TimeRange.ALL, PageRequest.first());

    // Then
    assertThat(page.items()).hasSize(2);
    assertThat(page.nextCursor()).isNotNull();
    assertThat(walk(Cursor.Kind.TRAIL, 50, p -> runs().trail(ACME, "run", TimeRange.ALL, p)))
        .hasSize(3);
  }

  @Test
  void cutsATrailToARange() {
    // Given
    IntStream.range(0, 5)
        .forEach(i -> rows.event("acme", "run", i + 1, T0.plusSeconds(i), "{}", i));

    // When
    TimeRange range = new TimeRange(T0.plusSeconds(1), T0.plusSeconds(3));
    PageView<TrailEventView> page = runs().trail(ACME, "run", range, PageRequest.first());

    // Then
    assertThat(page.items()).extracting(TrailEventView::seq).containsExactly(2L, 3L);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void filtersViolationsAndPagesThroughThoseOfOneInstant() {
    // Given
    ViolationStore violations = violations();
    IntStream.range(0, 5)
        .forEach(
            i -> rows.violation("v" + i, "acme", "rule" + i % 2, "ERROR", "run" + i, T0, "[]"));
    rows.violation("w", "zeta", "rule0", "INFO", null, T0.plusSeconds(1), "[]");

    // Then
    assertThat(walk(Cursor.Kind.VIOLATIONS, 2, page -> violations.list(ALL, ANY_VIOLATION, page)))
        .extracting(ViolationView::violationId)
        .containsExactly("w", "v0", "v1", "v2", "v3", "v4");
    assertThat(ids(violations, new ViolationFilter("rule1", null, null, null, null, TimeRange.ALL)))
        .containsExactly("v1", "v3");
    assertThat(ids(violations, new ViolationFilter(null, null, "INFO", null, null, TimeRange.ALL)))
        .containsExactly("w");
    assertThat(
            ids(violations, new ViolationFilter(null, "sequence", null, null, null, TimeRange.ALL)))
        .isEmpty();
    assertThat(
            ids(violations, new ViolationFilter(null, null, null, "agent", "run4", TimeRange.ALL)))
        .containsExactly("v4");
    TimeRange later = new TimeRange(T0.plusSeconds(1), null);
    assertThat(ids(violations, new ViolationFilter(null, null, null, null, null, later)))
        .containsExactly("w");
  }

  @Test
  void showsTheEventsThatProveAViolation() {
    // Given: one event in the trail, one that the trail job has not written yet
    rows.event("acme", "run", 1, T0, "{\"n\": 1.0}", 0);
    rows.event("zeta", "run", 2, T0, "{\"n\": 2.0}", 1);
    String evidence =
        """
        [{"run_id": "run", "seq": 1, "t": "2025-03-10T08:00:00Z", "identity": "seq:1", "role": "activation"},
         {"run_id": "run", "seq": 2, "t": "2025-03-10T08:00:00Z", "identity": "seq:2", "role": "target"}]
        """;
    rows.violation("v", "acme", "rule", "ERROR", "run", T0, evidence);

    // When
    ViolationView violation = violations().find(ACME, "v").orElseThrow();

    // Then
    assertThat(violation.evidence())
        .containsExactly(
            new EvidenceView("run", 1, T0, "seq:1", "activation", new RawJson("{\"n\": 1.0}")),
            new EvidenceView("run", 2, T0, "seq:2", "target", null));
    assertThat(violation.facts()).containsExactly(Map.entry("waited_ms", "30000"));
    assertThat(violation.tags()).containsExactly("soc2");
  }

  @Test
  void showsBothVersionsOfAConflict() {
    // Given
    rows.event("acme", "run", 1, T0, "{\"n\": 1}", 10);
    rows.conflict("acme", "run", 1, T0.plusSeconds(1), "{\"n\": 2}", 11);
    rows.conflict("acme", "run", 1, T0.plusSeconds(1), "{\"n\": 3}", 12);
    rows.conflict("acme", "other", 1, T0.plusSeconds(1), "{\"n\": 4}", 13);

    // When
    List<ConflictView> conflicts =
        walk(
            Cursor.Kind.CONFLICTS,
            1,
            page -> conflicts().list(ALL, null, null, TimeRange.ALL, page));

    // Then
    assertThat(conflicts)
        .extracting(each -> each.conflicting().offset())
        .containsExactly(13L, 11L, 12L);
    assertThat(conflicts.get(0).kept()).isNull();
    assertThat(conflicts.get(1).kept())
        .isNotNull()
        .satisfies(kept -> assertThat(kept.event().json()).isEqualTo("{\"n\": 1}"))
        .satisfies(kept -> assertThat(kept.offset()).isEqualTo(10));
    assertThat(conflicts().list(ALL, "run", null, TimeRange.ALL, PageRequest.first()).items())
        .hasSize(2);
  }

  @Test
  void showsTheBytesOfDeadLettersAndTheirTextWhereTheyHaveOne() {
    // Given
    byte[] noText = {'{', (byte) 0xC3, '('};
    rows.deadLetter("waymark-trail", "not_json", T0, noText, 1);
    rows.deadLetter("waymark-trail", "nul_character", T0.plusSeconds(1), "a\0é".getBytes(UTF_8), 2);
    rows.deadLetter("waymark-metrics", "not_json", T0.plusSeconds(2), new byte[0], 3);

    // When
    List<DeadLetterView> letters =
        walk(
            Cursor.Kind.DEAD_LETTERS,
            1,
            page -> deadLetters().list(null, null, TimeRange.ALL, page));

    // Then
    assertThat(letters).extracting(DeadLetterView::offset).containsExactly(3L, 2L, 1L);
    assertThat(letters).extracting(DeadLetterView::rawText).containsExactly("", "a\0é", null);
    assertThat(letters)
        .extracting(DeadLetterView::rawBase64)
        .containsExactly("", "YQDDqQ==", "e8Mo");
    assertThat(deadLetters().list("not_json", null, TimeRange.ALL, PageRequest.first()).items())
        .hasSize(2);
    assertThat(
            deadLetters().list(null, "waymark-metrics", TimeRange.ALL, PageRequest.first()).items())
        .hasSize(1);
  }

  @Test
  void showsTheBeginningOfALargeDeadLetter() {
    // Given: the shown part ends inside a character
    byte[] large = ("x" + "é".repeat(DeadLetterStore.SHOWN_BYTES)).getBytes(UTF_8);
    rows.deadLetter("waymark-trail", "too_large", T0, large, 1);

    // When
    DeadLetterView letter =
        deadLetters().list(null, null, TimeRange.ALL, PageRequest.first()).items().get(0);

    // Then
    assertThat(letter.rawTruncated()).isTrue();
    assertThat(letter.rawBytes()).isEqualTo(large.length);
    assertThat(letter.rawText()).isEqualTo("x" + "é".repeat(DeadLetterStore.SHOWN_BYTES / 2 - 1));
  }

  @Test
  void listsRuleVersionsNewestFirst() {
    // Given
    RuleStore rules = new RuleStore(database);
    rows.rule("b", "v1", 1, "active", T0);
    rows.rule("a", "v1", 1, "superseded", T0);
    rows.rule("a", "v2", 2, "active", T0.plusSeconds(1));

    // Then
    assertThat(walk(Cursor.Kind.RULES, 1, page -> rules.list(ALL, null, null, TimeRange.ALL, page)))
        .extracting(rule -> rule.ruleId() + rule.number())
        .containsExactly("a2", "a1", "b1");
    assertThat(rules.list(ALL, "a", "active", TimeRange.ALL, PageRequest.first()).items())
        .hasSize(1);
    assertThat(
            rules
                .list(ALL, null, null, new TimeRange(T0.plusSeconds(1), null), PageRequest.first())
                .items())
        .hasSize(1);
  }

  @Test
  void addsUpOutcomesAndGivesTheirDenominator() {
    // Given: one version in force with cases in two tenants, one without, one only known from its
    // outcomes
    ConformanceStore conformance = new ConformanceStore(database);
    rows.rule("a", "v2", 2, "active", T0);
    rows.rule("a", "v1", 1, "superseded", T0);
    rows.rule("b", "v1", 1, "shadow", T0);
    rows.outcome("acme", "a", "v2", 6, 1, 1, 3);
    rows.outcome("zeta", "a", "v2", 2, 0, 0, 0);
    rows.outcome("acme", "gone", "v1", 0, 0, 0, 4);

    // When
    List<ConformanceView> all =
        walk(Cursor.Kind.CONFORMANCE, 1, page -> conformance.list(ALL, null, page));

    // Then
    assertThat(all)
        .containsExactly(
            new ConformanceView(
                "a", "v2", 2, "active", "timelag", "ERROR", 13, 9, 8, 1, 1, 3, 10, 1, 0.1),
            new ConformanceView(
                "b", "v1", 1, "shadow", "timelag", "ERROR", 0, 0, 0, 0, 0, 0, 0, 0, null),
            new ConformanceView(
                "gone", "v1", null, null, null, null, 4, 0, 0, 0, 0, 4, 0, 0, null));
    assertThat(conformance.list(ACME, "a", PageRequest.first()).items().get(0).cases())
        .isEqualTo(11);
  }

  @Test
  void tellsWhetherTheBooksBalance() {
    // Given
    rows.book(
        "waymark-trail",
        Map.of("read", 10L, "accepted", 7L, "duplicates", 1L, "conflicts", 1L),
        T0);
    rows.book(
        "waymark-metrics", Map.of("read", 5L, "accepted", 5L, "measured", 4L, "too_late", 1L), T0);
    rows.book(
        "waymark-validation", Map.of("read", 5L, "accepted", 5L, "judged", 3L, "waiting", 1L), T0);

    // When
    Map<String, BooksView> books = new BooksStore(database).byJob();

    // Then
    assertThat(books.get("waymark-trail").balanced()).isFalse();
    assertThat(books.get("waymark-metrics").balanced()).isTrue();
    assertThat(books.get("waymark-validation").balanced()).isFalse();
    assertThat(books.get("waymark-trail").watermark()).isEqualTo(T0);
    assertThat(books.get("waymark-trail").checkpointId()).isEqualTo(7);
  }

  @Test
  void measuresAnyRangeExactly() {
    // Given: forty days of windows, in all three widths
    Map<Instant, double[]> minutes = randomDays(new Random(20250310), 40);

    for (TimeRange range : ranges()) {
      // When
      MetricsView metrics = metrics().totals(ACME, new MetricFilter(null, null, null, range));

      // Then
      double[] exact =
          minutes.entrySet().stream()
              .filter(minute -> isWithin(minute.getKey(), metrics))
              .flatMapToDouble(minute -> Arrays.stream(minute.getValue()))
              .sorted()
              .toArray();
      assertThat(metrics.figures().events()).as("%s", range).isEqualTo(exact.length);
      assertThat(metrics.figures().costUsd()).isCloseTo(exact.length / 100.0, within(1e-9));
      assertThat(metrics.figures().inputTokens()).isEqualTo(10L * exact.length);
      assertThat(metrics.figures().toolLatencyMs().count()).isEqualTo(exact.length);
      assertNearestRank(metrics.figures().toolLatencyMs().p50(), exact, 0.5);
      assertNearestRank(metrics.figures().toolLatencyMs().p95(), exact, 0.95);
      assertNearestRank(metrics.figures().toolLatencyMs().p99(), exact, 0.99);
    }
  }

  @Test
  void saysWhichRangeItMeasured() {
    // Given
    rows.window(Granularity.MINUTE, "acme", "bot", "", T0, 1, sketch(5));
    rows.window(Granularity.HOUR, "acme", "bot", "", T0, 1, sketch(5));
    rows.window(Granularity.DAY, "acme", "bot", "", Granularity.DAY.floor(T0), 1, sketch(5));

    // When
    MetricsView asked =
        metrics()
            .totals(
                ACME,
                new MetricFilter(
                    null, null, null, new TimeRange(T0.plusSeconds(30), T0.plusSeconds(31))));
    MetricsView whole = metrics().totals(ACME, EVERYTHING);
    MetricsView beyond =
        metrics()
            .totals(
                ACME,
                new MetricFilter(
                    null, null, null, new TimeRange(T0.plus(Duration.ofDays(9)), null)));

    // Then
    assertThat(asked.from()).isEqualTo(T0);
    assertThat(asked.to()).isEqualTo(T0.plusSeconds(60));
    assertThat(asked.figures().events()).isEqualTo(1);
    assertThat(whole.from()).isEqualTo(Instant.parse("2025-03-10T00:00:00Z"));
    assertThat(whole.to()).isEqualTo(Instant.parse("2025-03-11T00:00:00Z"));
    assertThat(beyond.figures().events()).isZero();
    assertThat(beyond.from()).isEqualTo(beyond.to());
  }

  @Test
  void measuresWholeHoursWhereMinutesWereDropped() {
    // Given: a day whose minutes are gone, and one whose minutes are kept
    Instant next = T0.plus(Duration.ofDays(1));
    for (Instant hour : List.of(T0, next)) {
      rows.window(Granularity.HOUR, "acme", "bot", "", hour, 2, sketch(5));
      rows.window(Granularity.DAY, "acme", "bot", "", Granularity.DAY.floor(hour), 2, sketch(5));
    }
    rows.window(Granularity.MINUTE, "acme", "bot", "", next.plusSeconds(600), 2, sketch(5));
    TimeRange range = new TimeRange(T0.plusSeconds(300), next.plusSeconds(300));

    // When
    MetricsView metrics = metrics().totals(ACME, new MetricFilter(null, null, null, range));

    // Then: outward to the hour at the old edge, to the minute at the new one
    assertThat(metrics.from()).isEqualTo(T0);
    assertThat(metrics.to()).isEqualTo(next.plusSeconds(300));
    assertThat(metrics.figures().events()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                metrics()
                    .series(
                        ACME,
                        new MetricFilter(null, null, null, range),
                        Grouping.NONE,
                        Granularity.MINUTE,
                        1))
        .isInstanceOf(UnanswerableException.class)
        .hasMessageContaining("minutes are kept from 2025-03-11T08:00:00Z on");
  }

  @Test
  void countsRunsAndViolationsWhereTheFilterMeansSomethingForThem() {
    // Given
    rows.run("acme", "one", "bot", "running", T0, List.of("opus"));
    rows.run("acme", "two", "clerk", "running", T0.plusSeconds(61));
    rows.violation("v", "acme", "rule", "ERROR", "one", T0, "[]");
    rows.window(Granularity.DAY, "acme", "bot", "opus", Granularity.DAY.floor(T0), 1, sketch(5));

    // Then
    assertThat(counts(EVERYTHING)).containsExactly(2L, 1L);
    assertThat(counts(new MetricFilter("clerk", null, null, TimeRange.ALL)))
        .containsExactly(1L, 0L);
    assertThat(counts(new MetricFilter(null, "opus", null, TimeRange.ALL)))
        .containsExactly(1L, null);
    assertThat(counts(new MetricFilter(null, "", null, TimeRange.ALL))).containsExactly(1L, null);
    assertThat(counts(new MetricFilter(null, null, "search", TimeRange.ALL)))
        .containsExactly(null, null);
    TimeRange minute = new TimeRange(T0, T0.plusSeconds(60));
    assertThat(counts(new MetricFilter(null, null, null, minute))).containsExactly(1L, 1L);
  }

  @Test
  void countsByDayWhatComesMovesAndGoes() {
    // Given: runs and violations that come, change and go; added up now and then
    Random random = new Random(11);
    DailyCountStore counts = new DailyCountStore(database);
    Map<Integer, Counted> runs = new HashMap<>();
    Map<Integer, Counted> violations = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      changeRun(random, runs);
      changeViolation(random, violations);
      if (i % 90 == 0) {
        counts.addUp();
      }
    }
    rows.run("zeta", "another tenant's", "bot-0", "running", T0);
    rows.violation("another tenant's", "zeta", "rule", "ERROR", null, T0, "[]");
    for (int day : new int[] {0, 10}) {
      Instant window = Granularity.DAY.floor(T0.plus(Duration.ofDays(day)));
      rows.window(Granularity.DAY, "acme", "bot-0", "", window, 1, sketch(1));
    }

    // Then: as many as there are, in any range, before and after they are added up
    for (boolean isAddedUp : new boolean[] {false, true}) {
      if (isAddedUp) {
        counts.addUp();
      }
      for (TimeRange range : ranges()) {
        assertThat(counts(new MetricFilter(null, null, null, range)))
            .containsExactly(sum(runs, null, range), sum(violations, null, range));
        assertThat(counts(new MetricFilter("bot-1", null, null, range)))
            .containsExactly(sum(runs, "bot-1", range), sum(violations, "bot-1", range));
      }
      assertThat(daysWithRuns())
          .isEqualTo(
              runs.values().stream()
                  .collect(
                      Collectors.groupingBy(
                          run -> Granularity.DAY.floor(run.at()), Collectors.counting())));
    }

    // When
    rows.execute("TRUNCATE violations");

    // Then
    assertThat(counts(EVERYTHING)).containsExactly(sum(runs, null, TimeRange.ALL), 0L);
  }

  /** A run, or a violation that stands for {@code weight}; the agent null: none. */
  private record Counted(@Nullable String agent, Instant at, long weight) {
    static Counted random(Random random, long weight) {
      return new Counted(
          "bot-" + random.nextInt(3), T0.plusSeconds(random.nextInt(864_000)), weight);
    }
  }

  private void changeRun(Random random, Map<Integer, Counted> runs) {
    int id = random.nextInt(150);
    Counted run = Counted.random(random, 1);
    if (runs.containsKey(id) && random.nextInt(4) == 0) {
      rows.execute("DELETE FROM runs WHERE run_id = ?", "run-" + id);
      runs.remove(id);
    } else if (runs.put(id, run) == null) {
      rows.run("acme", "run-" + id, Objects.requireNonNull(run.agent()), "running", run.at());
    } else {
      rows.execute(
          "UPDATE runs SET started_at = ?, agent_id = ? WHERE run_id = ?",
          run.at(),
          run.agent(),
          "run-" + id);
    }
  }

  private void changeViolation(Random random, Map<Integer, Counted> violations) {
    int id = random.nextInt(150);
    long suppressed = random.nextInt(4);
    Counted of = Counted.random(random, Math.max(1, suppressed));
    String agent = random.nextInt(5) == 0 ? null : of.agent();
    if (violations.put(id, new Counted(agent, of.at(), of.weight())) == null) {
      rows.violation("v-" + id, "acme", "rule", "ERROR", null, of.at(), "[]");
    }
    rows.execute(
        "UPDATE violations SET t = ?, agent_id = ?, suppressed = ? WHERE violation_id = ?",
        of.at(),
        agent,
        suppressed,
        "v-" + id);
  }

  private static long sum(Map<Integer, Counted> counted, @Nullable String agent, TimeRange range) {
    return counted.values().stream()
        .filter(one -> agent == null || agent.equals(one.agent()))
        .filter(
            one ->
                range.from() == null || !one.at().isBefore(Granularity.MINUTE.floor(range.from())))
        .filter(one -> range.to() == null || one.at().isBefore(Granularity.MINUTE.ceil(range.to())))
        .mapToLong(Counted::weight)
        .sum();
  }

  private Map<Instant, Long> daysWithRuns() {
    Map<Instant, Long> days = new HashMap<>();
    metrics()
        .series(ACME, EVERYTHING, Grouping.AGENT, Granularity.DAY, 1)
        .groups()
        .forEach(
            group ->
                group
                    .points()
                    .forEach(
                        point ->
                            days.merge(
                                point.at(),
                                Objects.requireNonNull(point.figures().runs()),
                                Long::sum)));
    days.values().removeIf(runs -> runs == 0);
    return days;
  }

  @Test
  void splitsASeriesByAgentAndAddsUpTheRest() {
    // Given
    Instant next = T0.plus(Duration.ofHours(1));
    Map<String, Long> load = Map.of("a", 5L, "b", 3L, "c", 2L);
    load.forEach(
        (agent, events) -> {
          rows.window(Granularity.HOUR, "acme", agent, "", T0, events, sketch(events));
          rows.window(Granularity.HOUR, "acme", agent, "", next, 1, sketch(events));
          rows.window(
              Granularity.DAY,
              "acme",
              agent,
              "",
              Granularity.DAY.floor(T0),
              events + 1,
              sketch(events));
        });
    rows.run("acme", "one", "a", "running", T0.plusSeconds(5));
    rows.run("acme", "two", "c", "running", T0.plusSeconds(5));
    rows.violation("v", "acme", "rule", "ERROR", "one", next.plusSeconds(1), "[]");

    // When
    SeriesView series = metrics().series(ACME, EVERYTHING, Grouping.AGENT, Granularity.HOUR, 1);

    // Then
    assertThat(series.groups()).extracting(SeriesView.GroupView::group).containsExactly("a", null);
    assertThat(series.groups()).extracting(SeriesView.GroupView::rest).containsExactly(false, true);
    assertThat(series.groups().get(0).points())
        .extracting(
            SeriesView.PointView::at,
            point -> point.figures().events(),
            point -> point.figures().runs())
        .containsExactly(tuple(T0, 5L, 1L), tuple(next, 1L, 0L));
    assertThat(series.groups().get(1).points())
        .extracting(
            point -> point.figures().events(), point -> point.figures().toolLatencyMs().count())
        .containsExactly(tuple(5L, 2L), tuple(2L, 2L));
    assertThat(series.groups().get(1).points().get(1).figures().violations()).isEqualTo(1);
  }

  @Test
  void choosesWindowsThatGiveAChartsWorthOfPoints() {
    // Given
    randomDays(new Random(7), 40);

    // Then
    assertThat(granularity(Duration.ofHours(6))).isEqualTo("1m");
    assertThat(granularity(Duration.ofDays(3))).isEqualTo("1h");
    assertThat(granularity(Duration.ofDays(40))).isEqualTo("1d");
  }

  @Test
  void refusesASeriesOfMorePointsThanTheLimit() {
    // Given
    randomDays(new Random(7), 40);

    // Then: forty days fit into fifty points, forty days of hours do not
    assertThat(
            metrics()
                .series(ACME, EVERYTHING, Grouping.NONE, Granularity.DAY, 1)
                .groups()
                .get(0)
                .points())
        .hasSize(40);
    assertThatThrownBy(() -> metrics().series(ACME, EVERYTHING, Grouping.NONE, Granularity.HOUR, 1))
        .isInstanceOf(UnanswerableException.class)
        .hasMessageContaining("more than 50 points");
  }

  @Test
  void isUnavailableUntilMigrated() {
    // Given
    try (Database fresh = new Database(config)) {
      // Then
      assertThatThrownBy(
              () -> new RuleStore(fresh).list(ALL, null, null, TimeRange.ALL, PageRequest.first()))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  private RunStore runs() {
    return new RunStore(database, json, config);
  }

  private ViolationStore violations() {
    return new ViolationStore(database, json, config);
  }

  private ConflictStore conflicts() {
    return new ConflictStore(database, config);
  }

  private DeadLetterStore deadLetters() {
    return new DeadLetterStore(database, config);
  }

  private MetricStore metrics() {
    return new MetricStore(database, config);
  }

  /** All items of a list, a page at a time. */
  private static <T> List<T> walk(
      Cursor.Kind kind, int limit, Function<PageRequest, PageView<T>> list) {
    List<T> items = new ArrayList<>();
    PageRequest request = new PageRequest(limit, Optional.empty());
    while (true) {
      PageView<T> page = list.apply(request);
      items.addAll(page.items());
      if (page.nextCursor() == null) {
        return items;
      }
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
      request =
          new PageRequest(limit, Optional.of(Cursor.decode(kind, page.nextCursor()).orElseThrow()));
    }
  }

  private static List<String> ids(RunStore runs, TenantScope scope, RunFilter filter) {
    return runs.list(scope, filter, PageRequest.first()).items().stream()
        .map(RunView::runId)
        .toList();
  }

  private static List<String> ids(ViolationStore violations, ViolationFilter filter) {
    return violations.list(ALL, filter, PageRequest.first()).items().stream()
        .map(ViolationView::violationId)
        .toList();
  }

  private List<@Nullable Long> counts(MetricFilter filter) {
    FiguresView figures = metrics().totals(ACME, filter).figures();
    return Arrays.asList(figures.runs(), figures.violations());
  }

  private @Nullable String granularity(Duration length) {
    TimeRange range = new TimeRange(T0, T0.plus(length));
    MetricFilter nobody = new MetricFilter("nobody", null, null, range);
    return metrics().series(ACME, nobody, Grouping.NONE, null, 1).granularity();
  }

  private static List<TimeRange> ranges() {
    Instant day5 = T0.plus(Duration.ofDays(5));
    return List.of(
        TimeRange.ALL,
        new TimeRange(day5, day5.plusSeconds(60)),
        new TimeRange(day5, day5.plusSeconds(3_600)),
        new TimeRange(day5.plusSeconds(61), day5.plusSeconds(7_500)),
        new TimeRange(T0.plusSeconds(59), T0.plus(Duration.ofDays(33)).minusSeconds(1)),
        new TimeRange(null, day5.plusSeconds(5_000)),
        new TimeRange(day5.plusSeconds(5_000), null));
  }

  /**
   * Latencies from a few to many, over five orders of magnitude, in windows as the metrics job
   * writes them.
   */
  private Map<Instant, double[]> randomDays(Random random, int days) {
    Map<Instant, double[]> minutes = new HashMap<>();
    Instant start = Granularity.DAY.floor(T0);
    for (int day = 0; day < days; day++) {
      for (int i = 0; i < 8; i++) {
        Instant minute = start.plus(Duration.ofDays(day)).plusSeconds(60L * random.nextInt(1_440));
        minutes.put(minute, latencies(random, 1 + random.nextInt(50)));
      }
    }
    Instant busy = T0.plus(Duration.ofDays(5));
    minutes.put(busy, latencies(random, 500));
    minutes.put(busy.plusSeconds(120), latencies(random, 100));
    minutes.put(busy.plusSeconds(7_200), latencies(random, 100));
    for (Granularity granularity : Granularity.values()) {
      Map<Instant, List<double[]>> windows = new HashMap<>();
      minutes.forEach(
          (minute, values) ->
              windows
                  .computeIfAbsent(granularity.floor(minute), start0 -> new ArrayList<>())
                  .add(values));
      windows.forEach((window, values) -> writeWindow(granularity, window, values));
    }
    return minutes;
  }

  private void writeWindow(Granularity granularity, Instant window, List<double[]> values) {
    double[] all = values.stream().flatMapToDouble(Arrays::stream).toArray();
    rows.window(granularity, "acme", "bot", "", window, all.length, sketch(all));
  }

  private static double[] latencies(Random random, int count) {
    return random.doubles(count, 0, 5).map(exponent -> Math.pow(10, exponent)).toArray();
  }

  private static LatencySketch sketch(double... values) {
    LatencySketch sketch = new LatencySketch();
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  private static boolean isWithin(Instant minute, MetricsView metrics) {
    return !minute.isBefore(metrics.from()) && minute.isBefore(metrics.to());
  }

  private static void assertNearestRank(@Nullable Double quantile, double[] sorted, double q) {
    double exact = sorted[(int) Math.floor(q * (sorted.length - 1))];
    assertThat(quantile).isCloseTo(exact, within(exact * LatencySketch.RELATIVE_ACCURACY));
  }
}
