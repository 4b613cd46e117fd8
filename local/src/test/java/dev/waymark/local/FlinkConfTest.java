package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlinkConfTest {
  private static final Path OURS = TestStack.projectRoot().resolve("flink-conf");

  @TempDir private Path folder;

  @Test
  void readsNestedAndDottedKeysAlike() throws Exception {
    Files.writeString(
        folder.resolve("config.yaml"), "a:\n  b.c: 10 s\n  d:\n    e: true\nf.g: 3\n");

    FlinkConf conf = FlinkConf.read(folder);

    assertThat(conf.get("a.b.c")).contains("10 s");
    assertThat(conf.get("a.d.e")).contains("true");
    assertThat(conf.get("f.g")).contains("3");
    assertThat(conf.get("a.b")).isEmpty();
  }

  @Test
  void writesWhatItReadsWithTheLocalValuesOnTop() throws Exception {
    // Given
    FlinkConf conf = FlinkConf.read(OURS).with(Map.of("rest.port", "18081"));

    // When
    conf.writeTo(folder.resolve("copy"), OURS);

    // Then
    FlinkConf copy = FlinkConf.read(folder.resolve("copy"));
    assertThat(copy.get("rest.port")).contains("18081");
    assertThat(copy.get("execution.checkpointing.interval")).contains("10 s");
    assertThat(folder.resolve("copy/log4j-console.properties"))
        .hasSameTextualContentAs(OURS.resolve("log4j-console.properties"));
  }

  @Test
  void opensNoMetricsPortUnlessAsked() throws Exception {
    FlinkConf ours = FlinkConf.read(OURS);

    assertThat(ours.get("metrics.reporters")).contains("prom");
    assertThat(ours.withoutMetricsReporters().get("metrics.reporters")).isEmpty();
    assertThat(ours.withoutMetricsReporters().get("metrics.reporter.prom.port")).isEmpty();
  }

  @Test
  void shipsWhatTheJobsRelyOn() throws Exception {
    FlinkConf ours = FlinkConf.read(OURS);

    Map.of(
            "state.backend.type", "rocksdb",
            "state.backend.rocksdb.timer-service.factory", "HEAP",
            "execution.checkpointing.incremental", "true",
            "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION",
            "restart-strategy.type", "exponential-delay",
            "pipeline.auto-generate-uids", "false",
            "pipeline.generic-types", "false",
            "pipeline.max-parallelism", "128")
        .forEach((key, value) -> assertThat(ours.get(key)).as(key).contains(value));
  }
}
