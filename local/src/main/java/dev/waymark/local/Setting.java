package dev.waymark.local;

import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set: a flag, its environment twin, its default and what it means. The
 * flag wins over the environment, the environment over the default. This list is the only place
 * that names them; the command line, the reading of the environment and the table in the module's
 * README come from it.
 */
enum Setting {
  DATA_DIR(
      "--data-dir",
      "WAYMARK_DATA_DIR",
      ".waymark",
      "DIR",
      "Data, logs and process files; the default is in the project's root."),
  TIME(
      "--time",
      "WAYMARK_TIME",
      "live",
      "live|log",
      "What moves time: heartbeats every second (live), or events alone (log)."),
  API_PORT("--api-port", "WAYMARK_API_PORT", "8080", "PORT", "Port of the HTTP API."),
  DB_PORT("--db-port", "WAYMARK_DB_PORT", "5432", "PORT", "Port of PostgreSQL."),
  KAFKA_PORT("--kafka-port", "WAYMARK_KAFKA_PORT", "9092", "PORT", "Port of Kafka for clients."),
  KAFKA_CONTROLLER_PORT(
      "--kafka-controller-port",
      "WAYMARK_KAFKA_CONTROLLER_PORT",
      "9093",
      "PORT",
      "Port of Kafka's controller."),
  FLINK_PORT(
      "--flink-port", "WAYMARK_FLINK_PORT", "8081", "PORT", "Port of Flink's REST API and UI."),
  FLINK_RPC_PORT(
      "--flink-rpc-port",
      "WAYMARK_FLINK_RPC_PORT",
      "6123",
      "PORT",
      "Port at which the JobManager talks to the TaskManager."),
  FLINK_METRICS_PORT(
      "--flink-metrics-port",
      "WAYMARK_FLINK_METRICS_PORT",
      null,
      "PORT",
      "Port of the JobManager's Prometheus metrics, the next one is the TaskManager's. Off unless given,"
          + " because Flink's reporter listens on every interface."),
  KAFKA(
      "--kafka",
      "WAYMARK_KAFKA_BOOTSTRAP_SERVERS",
      null,
      "HOST:PORT,...",
      "A Kafka that runs already; none is started."),
  DB_URL(
      "--db-url",
      "WAYMARK_DB_URL",
      null,
      "JDBC-URL",
      "A PostgreSQL or TimescaleDB that runs already; none is started."),
  DB_USER("--db-user", "WAYMARK_DB_USER", "waymark", "NAME", "The database's user."),
  DB_PASSWORD(
      "--db-password", "WAYMARK_DB_PASSWORD", "", "TEXT", "The user's password, with --db-url."),
  FLINK(
      "--flink",
      "WAYMARK_FLINK_URL",
      null,
      "URL",
      "REST address of a Flink cluster that runs already; none is started."),
  PARALLELISM(
      "--parallelism",
      "WAYMARK_PARALLELISM",
      "1",
      "N",
      "Parallel instances of each job, 1 to 128."),
  KAFKA_HEAP("--kafka-heap", "WAYMARK_KAFKA_HEAP", "192m", "SIZE", "Heap of Kafka."),
  API_HEAP("--api-heap", "WAYMARK_API_HEAP", "512m", "SIZE", "Heap of the API."),
  JOBMANAGER_MEMORY(
      "--jobmanager-memory",
      "WAYMARK_JOBMANAGER_MEMORY",
      null,
      "SIZE",
      "Whole memory of the JobManager; default as in config.yaml."),
  TASKMANAGER_MEMORY(
      "--taskmanager-memory",
      "WAYMARK_TASKMANAGER_MEMORY",
      null,
      "SIZE",
      "Whole memory of the TaskManager; default as in config.yaml."),
  FLINK_CONF(
      "--flink-conf",
      "WAYMARK_FLINK_CONF",
      "flink-conf",
      "DIR",
      "Folder with Flink's config.yaml and log4j properties."),
  RULES_FILE(
      "--rules-file",
      "WAYMARK_RULES_FILE",
      "flink-conf/rules.yaml",
      "FILE",
      "Rules published when the rules topic is empty."),
  TENANTS_FILE(
      "--tenants-file",
      "WAYMARK_TENANTS_FILE",
      "flink-conf/tenants.yaml",
      "FILE",
      "Who may send events over HTTP, and what is checked of them."),
  CHECKS_FILE(
      "--checks-file",
      "WAYMARK_CHECKS_FILE",
      null,
      "FILE",
      "By what the jobs check events that came without a door, as the tenants file; none: they are not checked."),
  PRICES_FILE(
      "--prices-file",
      "WAYMARK_PRICES_FILE",
      "flink-conf/prices.csv",
      "FILE",
      "Token prices by model and time."),
  DISCARD_STATE(
      "--discard-state",
      "WAYMARK_DISCARD_STATE",
      null,
      "JOB,...",
      "Jobs (or all) that start without their saved state; the state stays on disk until the next start."),
  START_TIMEOUT(
      "--start-timeout",
      "WAYMARK_START_TIMEOUT",
      "120",
      "SECONDS",
      "How long one part may take to become ready."),
  STOP_TIMEOUT(
      "--stop-timeout",
      "WAYMARK_STOP_TIMEOUT",
      "60",
      "SECONDS",
      "How long the jobs' savepoints may take when stopping.");

  private final String flag;
  private final String env;
  private final @Nullable String fallback;
  private final String label;
  private final String description;

  Setting(String flag, String env, @Nullable String fallback, String label, String description) {
    this.flag = flag;
    this.env = env;
    this.fallback = fallback;
    this.label = label;
    this.description = description;
  }

  String flag() {
    return flag;
  }

  String env() {
    return env;
  }

  /** The default, or null where leaving it out has a meaning of its own. */
  @Nullable String fallback() {
    return fallback;
  }

  /** What stands for the value in help texts. */
  String label() {
    return label;
  }

  String description() {
    return description;
  }
}
