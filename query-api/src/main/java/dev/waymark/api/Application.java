package dev.waymark.api;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.InvalidConfigException;
import dev.waymark.api.config.TlsConfig;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.HashMap;
import java.util.List;
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
        .properties(tls(config))
        .properties(
            Map.of(
                // Ours alone say who is who; see CallerFetcher.
                "micronaut.security.token.enabled",
                false,
                "micronaut.security.basic-auth.enabled",
                false,
                "micronaut.security.endpoints.introspection.enabled",
                false,
                "micronaut.server.host",
                config.http().host(),
                "micronaut.server.port",
                serverPort(config),
                "micronaut.server.max-request-size",
                config.ingest().maxBodyBytes()))
        .start();
  }

  private static Map<String, Object> tls(ApiConfig config) {
    if (config.security().tls().isEmpty()) {
      return Map.of();
    }
    TlsConfig tls = config.security().tls().get();
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.ssl.enabled", true);
    properties.put("micronaut.server.ssl.port", serverPort(config));
    properties.put("micronaut.server.ssl.protocols", List.of("TLSv1.3", "TLSv1.2"));
    properties.put("micronaut.server.ssl.key-store.type", "PKCS12");
    properties.put("micronaut.server.ssl.key-store.path", "file:" + tls.keyStore());
    properties.put("micronaut.server.ssl.key-store.password", tls.keyStorePassword());
    if (!tls.trustStore().isEmpty()) {
      properties.put("micronaut.server.ssl.client-authentication", "need");
      properties.put("micronaut.server.ssl.trust-store.type", "PKCS12");
      properties.put("micronaut.server.ssl.trust-store.path", "file:" + tls.trustStore());
      properties.put("micronaut.server.ssl.trust-store.password", tls.trustStorePassword());
    }
    return properties;
  }

  /** Micronaut takes -1 for any free port. */
  private static int serverPort(ApiConfig config) {
    return config.http().port() == 0 ? -1 : config.http().port();
  }
}
