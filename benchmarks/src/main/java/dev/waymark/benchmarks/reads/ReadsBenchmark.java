package dev.waymark.benchmarks.reads;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import dev.waymark.benchmarks.pipeline.LocalStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the API of a whole stack answers on millions of stored events, beside the same statements
 * sent to the same database without it; exports; search; and the live feed.
 */
public final class ReadsBenchmark implements Benchmark {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final long EVENTS = 10_000_000;
  private static final long SHORT_EVENTS = 100_000;
  private static final int REQUESTS = 200;
  private static final int SHORT_REQUESTS = 20;
  private static final int WARM_UP_SHARE = 4;
  private static final long WARM_UP_NANOS = 10_000_000_000L;
  private static final long MEASURED_NANOS = 40_000_000_000L;
  private static final int FEED_SECONDS = 10;
  private static final int SHORT_FEED_SECONDS = 2;
  private static final double FEED_LIMIT_MS = 500;
  private static final List<Integer> READERS = List.of(1, 50, 100, 200, 400, 800);
  private static final List<Integer> SHORT_READERS = List.of(1, 20);
  private static final Map<String, String> UNLIMITED = Map.of("WAYMARK_LIMIT_READS", "10000000");
  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");

  @Override
  public String name() {
    return "reads";
  }

  @Override
  public String about() {
    return "ms of the API's answers on 10,000,000 events (--events), beside the database alone; exports, search, live feed";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    long events = context.events().orElse(context.isShort() ? SHORT_EVENTS : EVENTS);
    try (LocalStack stack =
            LocalStack.start(context.home(), List.of("--time", "log"), UNLIMITED)
                .awaitReady(START_PATIENCE);
        Connection connection = connect(stack)) {
      StoredEvents stored = new StoredEvents(connection, events);
      fill(context, connection, stored);
      reads(context, stack, connection, stored);
      exports(context, stack);
      feed(context, stack);
    }
  }

  private static Connection connect(LocalStack stack) throws IOException, SQLException {
    return DriverManager.getConnection(
        stack.address("WAYMARK_DB_URL"), stack.address("WAYMARK_DB_USER"), "");
  }

  private static void fill(BenchContext context, Connection connection, StoredEvents stored)
      throws Exception {
    context.say("writing %,d events", stored.count());
    long began = System.nanoTime();
    stored.writeEvents(context);
    context.say("written in %.0f s; making them searchable", (System.nanoTime() - began) / 1e9);
    began = System.nanoTime();
    stored.writeRuns();
    while (number(connection, "SELECT count(*) FROM search_queue") > 0) {
      Thread.sleep(200);
    }
    context.sample(
        "search.index", "events/s", stored.count() / ((System.nanoTime() - began) / 1e9));
    stored.vacuum();
    size(context, connection, "search.size", "'run_words'");
    size(context, connection, "events.size", "'events'");
  }

  private static void size(BenchContext context, Connection connection, String figure, String table)
      throws SQLException {
    context.sample(
        figure,
        "MiB",
        (double) number(connection, "SELECT pg_total_relation_size(" + table + ") / 1048576"));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void reads(
      BenchContext context, LocalStack stack, Connection connection, StoredEvents stored)
      throws Exception {
    ApiClient api = new ApiClient(stack);
    StatementLog log = new StatementLog(connection, stack.log("postgres"));
    int requests = context.isShort() ? SHORT_REQUESTS : REQUESTS;
    for (Map.Entry<String, StatementLog.Work> each : routes(api, stored).entrySet()) {
      List<String> statements = log.of(each.getValue());
      StatementLog.Work alone = () -> log.replay(statements);
      takeTurns(each.getValue(), alone, WARM_UP_NANOS, requests / WARM_UP_SHARE);
      List<long[]> taken = takeTurns(each.getValue(), alone, MEASURED_NANOS, requests);
      Percentiles.of(taken.get(0)).sample(context, each.getKey());
      Percentiles.of(taken.get(1)).sample(context, each.getKey() + ".jdbc");
      context.say("%s: %d statements", each.getKey(), statements.size());
    }
  }

  /** Both in turns, so that neither has the better moment: so many times, or as time allows. */
  private static List<long[]> takeTurns(
      StatementLog.Work one, StatementLog.Work other, long budgetNanos, int times)
      throws Exception {
    long[] ofOne = new long[times];
    long[] ofOther = new long[times];
    long began = System.nanoTime();
    int done = 0;
    while (done < times && (done == 0 || System.nanoTime() - began < budgetNanos)) {
      ofOne[done] = nanos(one);
      ofOther[done++] = nanos(other);
    }
    return List.of(Arrays.copyOf(ofOne, done), Arrays.copyOf(ofOther, done));
  }

  private static long nanos(StatementLog.Work read) throws Exception {
    long began = System.nanoTime();
    read.run();
    return System.nanoTime() - began;
  }

  private static Map<String, StatementLog.Work> routes(ApiClient api, StoredEvents stored) {
    String range =
        "from=" + stored.begin() + "&to=" + stored.begin().plus(StoredEvents.DAYS, ChronoUnit.DAYS);
    String dates = range.replace("from=", "start_date=").replace("to=", "end_date=");
    Map<String, StatementLog.Work> routes = new LinkedHashMap<>();
    routes.put("overview", () -> api.get("/dashboard/overview"));
    routes.put("overview-30d", () -> api.get("/dashboard/overview?" + dates));
    routes.put("metrics", () -> api.get("/api/v1/metrics?" + range));
    routes.put("series", () -> api.get("/api/v1/metrics/series?group_by=agent&" + range));
    routes.put("agents", () -> api.get("/api/v1/agents?" + range));
    routes.put("runs", () -> api.get("/api/v1/runs"));
    routes.put("violations", () -> api.get("/api/v1/violations?severity=CRITICAL"));
    routes.put("search.rare", () -> api.get("/api/v1/search?q=" + StoredEvents.RARE_WORD));
    routes.put("search.common", () -> api.get("/api/v1/search?q=" + StoredEvents.COMMON_WORD));
    routes.put(
        "search.two",
        () -> api.get("/api/v1/search?q=" + StoredEvents.COMMON_WORD + "%20word4000"));
    routes.put("trail-10000", () -> trail(api));
    return routes;
  }

  private static void trail(ApiClient api) throws Exception {
    String cursor = "";
    do {
      String page =
          api.get(
              "/api/v1/runs/"
                  + StoredEvents.LONG_RUN
                  + "/trail?limit=1000"
                  + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      Matcher next = CURSOR.matcher(page);
      cursor = next.find() ? next.group(1) : "";
    } while (!cursor.isEmpty());
  }

  private static void exports(BenchContext context, LocalStack stack) throws Exception {
    String lists = "/api/v1/export/";
    ProcessHandle process =
        stack
            .processes()
            .filter(each -> each.info().commandLine().orElse("").contains("dev.waymark.api."))
            .findFirst()
            .orElseThrow(() -> new IOException("no process of the API"));
    ExportRun export = new ExportRun(new ApiClient(stack), process);
    export.sample(context, "export.runs.csv", lists + "runs?format=csv");
    export.sample(context, "export.runs.ndjson", lists + "runs?format=ndjson");
    export.sample(
        context,
        "export.trail.ndjson",
        lists + "runs/" + StoredEvents.LONG_RUN + "/trail?format=ndjson");
  }

  private static void feed(BenchContext context, LocalStack stack) throws Exception {
    FeedLoad load =
        new FeedLoad(
            stack.address("WAYMARK_API_URL"),
            stack.kafka(),
            stack.authorization(),
            context.isShort() ? SHORT_FEED_SECONDS : FEED_SECONDS);
    List<Integer> steps = context.isShort() ? SHORT_READERS : READERS;
    load.all(context, 1);
    steps(context, "feed.all", steps, load::all);
    steps(context, "feed.agent", steps, load::ofAgents);
  }

  private interface Step {
    FeedLoad.Result run(BenchContext context, int readers) throws Exception;
  }

  /** More and more readers, until one is not served. */
  private static void steps(BenchContext context, String figure, List<Integer> readers, Step step)
      throws Exception {
    List<Integer> served = new ArrayList<>(List.of(0));
    for (int count : readers) {
      FeedLoad.Result result = step.run(context, count);
      result.delay().sample(context, figure + "." + count);
      if (!result.isServed(FEED_LIMIT_MS)) {
        break;
      }
      served.add(count);
    }
    context.sample(figure + ".readers", "readers", served.get(served.size() - 1));
  }
}
