package dev.waymark.api;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.InvalidConfigException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entry of the query API. Reads its configuration from the environment; exits with 2 if that cannot
 * be used.
 */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Waymark",
            version = "1",
            description = "What AI agents did, and what they broke."))
public final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);
  private static final int EXIT_BAD_INPUT = 2;

  private Application() {}

  public static void main(String[] args) {
    try {
      start(ApiConfig.from(System.getenv()));
    } catch (InvalidConfigException e) {
      e.problems().forEach(problem -> LOG.error("configuration: {}", problem));
      System.exit(EXIT_BAD_INPUT);
    }
  }

  /** Starts the server and returns at once; it may answer 503 until the database is there. */
  static ApplicationContext start(ApiConfig config) {
    return Micronaut.build(new String[0])
        .mainClass(Application.class)
        .banner(false)
        .deduceEnvironment(false)
        .environmentPropertySource(false)
        .singletons(config)
        .properties(
            Map.of(
                "micronaut.server.host",
                config.http().host(),
                "micronaut.server.port",
                serverPort(config),
                "micronaut.server.max-request-size",
                config.ingest().maxBodyBytes()))
        .start();
  }

  /** Micronaut takes -1 for any free port. */
  private static int serverPort(ApiConfig config) {
    return config.http().port() == 0 ? -1 : config.http().port();
  }
}
