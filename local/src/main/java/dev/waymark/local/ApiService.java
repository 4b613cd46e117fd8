package dev.waymark.local;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The HTTP API. At its start it makes the tables and topics, so the jobs wait for it. */
final class ApiService extends ProcessService {
  static final String NAME = "api";

  private static final String MAIN = "dev.waymark.api.Application";
  private static final String HOST_VARIABLE = "WAYMARK_API_HOST";

  private final StackConfig config;
  private final Health health = new Health();

  ApiService(StackConfig config) {
    super(NAME, config.data(), config.startTimeout());
    this.config = config;
  }

  @Override
  public Set<String> needs() {
    return Set.of(PostgresService.NAME, KafkaService.NAME);
  }

  @Override
  Command command() throws IOException {
    Map<String, String> environment = new HashMap<>(StackEnv.of(config));
    environment.put(Setting.DB_PASSWORD.env(), config.database().password());
    environment.put(HOST_VARIABLE, StackConfig.LOOPBACK);
    StackSecrets secrets = new StackSecrets(config.data(), System.getenv());
    environment.putAll(secrets.forApi());
    if (config.checksFile().isPresent()) {
      environment.putAll(secrets.forDoorsAndJobs());
    }
    return new Command(
        List.of(
            Command.java(),
            "-Xmx" + config.api().heap(),
            // Most of what a request leaves dies young: half of the heap is for the young.
            "-XX:NewRatio=1",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            new Programs(config.home()).apiClassPath(),
            MAIN),
        environment,
        config.data().root());
  }

  @Override
  boolean isReady(ChildProcess process) throws InterruptedException {
    return health.answers(URI.create(config.api().url() + "/health"));
  }

  @Override
  String whenReady() {
    return config.api().url();
  }
}
