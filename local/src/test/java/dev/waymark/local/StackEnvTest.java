package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackEnvTest {
  @TempDir private Path folder;

  @Test
  void tellsTheOtherCommandsWhereThingsAre() throws Exception {
    // Given
    TestStack stack =
        TestStack.in(folder).with(Setting.TIME, "log").with(Setting.DB_PASSWORD, "secret");
    StackConfig config = stack.config();

    // When
    StackEnv.write(config);

    // Then
    assertThat(StackEnv.read(config.data()))
        .isEqualTo(StackEnv.of(config))
        .containsEntry("WAYMARK_TIME", "log")
        .containsEntry("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + config.kafka().port())
        .containsEntry("WAYMARK_API_URL", config.api().url());
    assertThat(Files.readString(config.data().stackEnv())).doesNotContain("secret");
  }

  @Test
  void isEmptyWhenNothingIsUp() throws Exception {
    assertThat(StackEnv.read(new DataDir(folder))).isEmpty();
  }
}
