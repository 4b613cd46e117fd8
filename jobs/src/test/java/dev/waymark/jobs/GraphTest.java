package dev.waymark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.metrics.MetricsConfig;
import dev.waymark.jobs.metrics.MetricsPorts;
import dev.waymark.jobs.metrics.MetricsTopology;
import dev.waymark.jobs.trail.TrailConfig;
import dev.waymark.jobs.trail.TrailPorts;
import dev.waymark.jobs.trail.TrailTopology;
import dev.waymark.jobs.validation.RulesTopic;
import dev.waymark.jobs.validation.ValidationConfig;
import dev.waymark.jobs.validation.ValidationPorts;
import dev.waymark.jobs.validation.ValidationTopology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphTest {

  static Stream<Arguments> jobs() {
    return Stream.of(
        Arguments.of(
            TrailJob.NAME,
            job(
                (env, settings) -> {
                  TrailConfig config = TrailConfig.from(settings);
                  TrailTopology.build(
                      env, TrailJob.NAME, TrailPorts.of(TrailJob.NAME, config), config);
                })),
        Arguments.of(
            MetricsJob.NAME,
            job(
                (env, settings) -> {
                  MetricsConfig config = MetricsConfig.from(settings);
                  MetricsTopology.build(
                      env, MetricsJob.NAME, MetricsPorts.of(MetricsJob.NAME, config), config);
                })),
        Arguments.of(
            ValidationTopology.JOB,
            job(
                (env, settings) -> {
                  ValidationConfig config = ValidationConfig.from(settings);
                  ValidationPorts ports = ValidationPorts.of(config, new RulesTopic(List.of(), 0));
                  ValidationTopology.build(
                      env,
                      ports,
                      config.job().time(),
                      config.engine(),
                      config.summary(),
                      config.checks());
                })));
  }

  private static BiConsumer<StreamExecutionEnvironment, Settings> job(
      BiConsumer<StreamExecutionEnvironment, Settings> build) {
    return build;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jobs")
  void uidsAreThoseThatSavepointsKnow(
      String name, BiConsumer<StreamExecutionEnvironment, Settings> build) throws IOException {
    assertThat(graph(build).getStreamNodes())
        .extracting(node -> name + " " + node.getTransformationUID())
        .containsExactlyInAnyOrderElementsOf(
            knownUids().stream().filter(line -> line.startsWith(name + " ")).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jobs")
  void checksAddTheirOperatorsWhereTextsAreKeptOrJudged(
      String name, BiConsumer<StreamExecutionEnvironment, Settings> build, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("tenants.yaml");
    Files.writeString(file, "version: 1\ntenants: [ { id: \"*\" } ]");
    List<String> known = new ArrayList<>(knownUids());
    known.add(TrailJob.NAME + " events-check");
    known.add(ValidationTopology.JOB + " events-check");
    known.add(ValidationTopology.JOB + " events-sequence");

    assertThat(graph(build, Map.of("WAYMARK_CHECKS_FILE", file.toString())).getStreamNodes())
        .extracting(node -> name + " " + node.getTransformationUID())
        .containsExactlyInAnyOrderElementsOf(
            known.stream().filter(line -> line.startsWith(name + " ")).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jobs")
  void nothingTravelsAsKryo(String name, BiConsumer<StreamExecutionEnvironment, Settings> build) {
    for (StreamNode node : graph(build).getStreamNodes()) {
      for (TypeSerializer<?> in : node.getTypeSerializersIn()) {
        assertThat(in.toString()).as(node.getOperatorName()).doesNotContain("Kryo");
      }
      assertThat(String.valueOf(node.getTypeSerializerOut()))
          .as(node.getOperatorName())
          .doesNotContain("Kryo");
    }
  }

  private static StreamGraph graph(BiConsumer<StreamExecutionEnvironment, Settings> build) {
    return graph(build, Map.of());
  }

  private static StreamGraph graph(
      BiConsumer<StreamExecutionEnvironment, Settings> build, Map<String, String> environment) {
    StreamExecutionEnvironment env = Pipeline.flink(2);
    build.accept(env, new Settings(new String[0], environment));
    return env.getStreamGraph(false);
  }

  private static List<String> knownUids() throws IOException {
    try (InputStream in = GraphTest.class.getResourceAsStream("/uids.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
