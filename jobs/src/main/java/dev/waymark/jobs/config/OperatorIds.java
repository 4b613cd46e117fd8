package dev.waymark.jobs.config;

/**
 * The uids of all operators: savepoints find their state by them, so they are data and do not
 * change; {@code -v2} means that state was discarded on purpose. {@code uids.txt} beside the graph
 * test lists them a job.
 */
public final class OperatorIds {
  public static final String EVENTS_SOURCE = "events-source";
  public static final String EVENTS_INTAKE = "events-intake";
  public static final String EVENTS_CHECK = "events-check";
  public static final String EVENTS_SEQUENCE = "events-sequence";
  public static final String DEAD_LETTERS_TOPIC = "dead-letters-topic";
  public static final String DEAD_LETTERS_TABLE = "dead-letters-table";
  public static final String BOOKS_SUM = "books-sum";
  public static final String BOOKS_TABLE = "books-table";

  public static final String EVENTS_MEASURE = "events-measure";
  public static final String METRICS_RUNS = "metrics-runs";
  public static final String METRICS_1M = "metrics-1m";
  public static final String METRICS_1H = "metrics-1h";
  public static final String METRICS_1D = "metrics-1d";
  public static final String METRICS_1M_TABLE = "metrics-1m-table";
  public static final String METRICS_1H_TABLE = "metrics-1h-table";
  public static final String METRICS_1D_TABLE = "metrics-1d-table";
  public static final String TRAIL_RUNS = "trail-runs";
  public static final String EVENTS_TABLE = "events-table";
  public static final String RUNS_TABLE = "runs-table";
  public static final String COLD_RUNS_TABLE = "cold-runs-table";
  public static final String CONFLICTS_TABLE = "conflicts-table";
  public static final String RULES_SOURCE = "rules-source";
  public static final String RUN_CASES = "run-cases";
  public static final String FIELD_CASES = "field-cases";
  public static final String PROFILES = "profiles";
  public static final String PROFILE_CASES = "profile-cases";
  public static final String VIOLATIONS_SUMMARY = "violations-summary";
  public static final String VIOLATIONS_TOPIC = "violations-topic";
  public static final String VIOLATIONS_TABLE = "violations-table";
  public static final String OUTCOMES_SUM = "outcomes-sum";
  public static final String OUTCOMES_TABLE = "outcomes-table";
  public static final String RULES_TABLE = "rules-table";
  public static final String BACKTEST_PROGRESS = "backtest-progress";
  public static final String BACKTEST_VIOLATIONS = "violations";
  public static final String BACKTEST_OUTCOMES = "outcomes";
  public static final String BACKTEST_COMPARE = "backtest-compare";
  public static final String BACKTEST_TABLE = "backtest-table";
  public static final String EXPLAIN_SOURCE = "explain-source";
  public static final String EXPLAIN_TABLE = "explain-table";

  private OperatorIds() {}
}
