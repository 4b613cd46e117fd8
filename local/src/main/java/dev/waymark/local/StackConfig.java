package dev.waymark.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one local stack is to be: addresses, folders, memory. Valid by construction; {@link #from}
 * reports all problems together.
 *
 * @param home the project's root, where the built programs are
 * @param data where this stack keeps everything it writes
 * @param time {@code live} or {@code log}
 * @param checksFile by what the jobs check events that came without a door
 * @param discardState names of jobs that start without their saved state
 * @param startTimeout how long one part may take to become ready
 * @param stopTimeout how long the jobs' savepoints may take
 */
record StackConfig(
    Path home,
    DataDir data,
    String time,
    Kafka kafka,
    Database database,
    Flink flink,
    Api api,
    Path rulesFile,
    Path tenantsFile,
    Optional<Path> checksFile,
    Path pricesFile,
    Set<String> discardState,
    Duration startTimeout,
    Duration stopTimeout) {

  /** The only address anything here listens on. */
  static final String LOOPBACK = "127.0.0.1";

  private static final int MAX_PARALLELISM = 128;
  private static final int MAX_TIMEOUT_SECONDS = 3_600;
  private static final String ALL_JOBS = "all";
  private static final Pattern BOOTSTRAP = Pattern.compile("[^,:\\s]+:\\d+(,[^,:\\s]+:\\d+)*");
  private static final Pattern JDBC = Pattern.compile("jdbc:postgresql://\\S+");
  private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  /**
   * @param external bootstrap servers of a Kafka that is not ours to start
   * @param heap as in {@code -Xmx}
   */
  record Kafka(Optional<String> external, int port, int controllerPort, String heap) {
    String bootstrapServers() {
      return external.orElse(LOOPBACK + ":" + port);
    }
  }

  /**
   * @param external JDBC URL of a database that is not ours to start
   */
  record Database(Optional<String> external, int port, String user, String password) {
    static final String NAME = "waymark";

    String url() {
      return external.orElse(Text.of("jdbc:postgresql://%s:%d/%s", LOOPBACK, port, NAME));
    }
  }

  /**
   * @param external REST address of a cluster that is not ours to start
   * @param metricsPort of the JobManager, the TaskManager has the next one; empty turns the
   *     reporter off
   * @param jobManagerMemory whole process; empty leaves it to config.yaml
   * @param taskManagerMemory whole process; empty leaves it to config.yaml
   */
  record Flink(
      Optional<String> external,
      int port,
      int rpcPort,
      Optional<Integer> metricsPort,
      int parallelism,
      Path confDir,
      Optional<String> jobManagerMemory,
      Optional<String> taskManagerMemory) {
    String url() {
      return external.orElse(Text.of("http://%s:%d", LOOPBACK, port));
    }
  }

  /**
   * @param heap as in {@code -Xmx}
   */
  record Api(int port, String heap) {
    String url() {
      return Text.of("http://%s:%d", LOOPBACK, port);
    }
  }

  /**
   * Reads the configuration.
   *
   * @param home the project's root
   * @param flags what the command line gave
   * @param environment the process's environment
   */
  static StackConfig from(Path home, Map<Setting, String> flags, Map<String, String> environment)
      throws InvalidConfigException {
    SettingValues values = new SettingValues(flags, environment);
    StackConfig config = read(home, values);
    config.checkPortsDiffer(values);
    if (!values.problems().isEmpty()) {
      throw new InvalidConfigException(values.problems());
    }
    return config;
  }

  /** The data directory alone, for commands that look at a stack and do not start one. */
  static DataDir dataDir(Path home, Map<Setting, String> flags, Map<String, String> environment)
      throws InvalidConfigException {
    SettingValues values = new SettingValues(flags, environment);
    Path directory = values.newDirectory(Setting.DATA_DIR, home);
    if (!values.problems().isEmpty()) {
      throw new InvalidConfigException(values.problems());
    }
    return new DataDir(directory);
  }

  /** Every port that something here will listen on, with the setting that moves it. */
  Map<Setting, Integer> ports() {
    Map<Setting, Integer> ports = new LinkedHashMap<>();
    if (database.external().isEmpty()) {
      ports.put(Setting.DB_PORT, database.port());
    }
    if (kafka.external().isEmpty()) {
      ports.put(Setting.KAFKA_PORT, kafka.port());
      ports.put(Setting.KAFKA_CONTROLLER_PORT, kafka.controllerPort());
    }
    if (flink.external().isEmpty()) {
      ports.put(Setting.FLINK_PORT, flink.port());
      ports.put(Setting.FLINK_RPC_PORT, flink.rpcPort());
      flink.metricsPort().ifPresent(port -> ports.put(Setting.FLINK_METRICS_PORT, port));
    }
    ports.put(Setting.API_PORT, api.port());
    return ports;
  }

  private static StackConfig read(Path home, SettingValues values) {
    return new StackConfig(
        home,
        new DataDir(values.newDirectory(Setting.DATA_DIR, home)),
        values.choice(Setting.TIME, List.of("live", "log")),
        kafka(values),
        database(values),
        flink(home, values),
        new Api(values.port(Setting.API_PORT), values.requiredSize(Setting.API_HEAP)),
        values.file(Setting.RULES_FILE, home),
        values.file(Setting.TENANTS_FILE, home),
        values.optionalFile(Setting.CHECKS_FILE, home),
        values.file(Setting.PRICES_FILE, home),
        discardState(values),
        values.seconds(Setting.START_TIMEOUT, MAX_TIMEOUT_SECONDS),
        values.seconds(Setting.STOP_TIMEOUT, MAX_TIMEOUT_SECONDS));
  }

  private static Kafka kafka(SettingValues values) {
    return new Kafka(
        values.matching(Setting.KAFKA, BOOTSTRAP, "must be like host:port,host:port"),
        values.port(Setting.KAFKA_PORT),
        values.port(Setting.KAFKA_CONTROLLER_PORT),
        values.requiredSize(Setting.KAFKA_HEAP));
  }

  private static Database database(SettingValues values) {
    return new Database(
        values.matching(Setting.DB_URL, JDBC, "must be like jdbc:postgresql://host:port/name"),
        values.port(Setting.DB_PORT),
        values
            .matching(Setting.DB_USER, USER, "must be letters, digits and _")
            .orElseThrow(IllegalStateException::new),
        values.required(Setting.DB_PASSWORD));
  }

  private static Flink flink(Path home, SettingValues values) {
    return new Flink(
        values.httpUrl(Setting.FLINK),
        values.port(Setting.FLINK_PORT),
        values.port(Setting.FLINK_RPC_PORT),
        values.optionalPort(Setting.FLINK_METRICS_PORT),
        values.number(Setting.PARALLELISM, 1, MAX_PARALLELISM),
        values.directory(Setting.FLINK_CONF, home),
        values.size(Setting.JOBMANAGER_MEMORY),
        values.size(Setting.TASKMANAGER_MEMORY));
  }

  private static Set<String> discardState(SettingValues values) {
    Set<String> known =
        FlinkJob.ALL.stream().map(FlinkJob::name).collect(Collectors.toUnmodifiableSet());
    String given = values.text(Setting.DISCARD_STATE).orElse("");
    Set<String> names =
        Arrays.stream(given.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    if (names.contains(ALL_JOBS)) {
      return known;
    }
    if (!known.containsAll(names)) {
      String choices = known.stream().sorted().collect(Collectors.joining(", "));
      values.problem(Setting.DISCARD_STATE, "must name jobs of " + choices + ", or all", given);
    }
    return names;
  }

  private void checkPortsDiffer(SettingValues values) {
    Map<Integer, List<Setting>> users =
        ports().entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    LinkedHashMap::new,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    users.forEach(
        (port, settings) -> {
          for (Setting other : settings.subList(1, settings.size())) {
            values.problem(
                other, "must differ from " + settings.get(0).flag(), String.valueOf(port));
          }
        });
  }
}
