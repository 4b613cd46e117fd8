package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real launcher with real PostgreSQL, Kafka and Flink, from outside: signals, exit codes, what it
 * leaves.
 */
final class LauncherIT {
  private static final List<String> PARTS =
      List.of(
          PostgresService.NAME, KafkaService.NAME, JobManagerService.NAME, TaskManagerService.NAME);
  private static final int SOME = 20;

  @TempDir private Path folder;
  private final List<Process> launchers = new ArrayList<>();
  private TestStack stack;
  private DataDir data;

  @BeforeEach
  void prepare() throws Exception {
    stack = TestStack.in(folder);
    data = stack.config().data();
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    launchers.forEach(Process::destroyForcibly);
    for (Process launcher : launchers) {
      launcher.waitFor();
    }
    new Orphans(data).stop(TestStack.silent(data));
  }

  @Test
  void stopsInOrderOnTermAndGoesOnAtTheNextStart() throws Exception {
    // Given
    Process first = launch();
    awaitUp(first);
    awaitNumbers(SOME);

    // When
    first.destroy();
    int exitCode = first.waitFor();
    int before = stack.numbers().size();
    Process second = launch();
    awaitUp(second);
    awaitNumbers(before + SOME);

    // Then
    assertThat(exitCode).isZero();
    assertThat(TestLauncher.output(stack))
        .containsSubsequence(
            "jobs", "each with a savepoint", "taskmanager", "jobmanager", "kafka", "postgres")
        .contains("Data is kept in " + data.root());
    List<Long> numbers = stack.numbers();
    assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Test
  void stopsWhatAKilledLauncherLeftAndGoesOnFromTheCheckpoint() throws Exception {
    // Given
    Process first = launch();
    awaitUp(first);
    Await.until("a checkpoint", () -> new ResumePoints(data).latest("waymark-trail").isPresent());
    first.destroyForcibly().waitFor();
    Map<String, ProcessIdentity> orphans = new Orphans(data).find();
    int before = stack.numbers().size();

    // When
    Process second = launch();
    awaitUp(second);
    awaitNumbers(before + SOME);

    // Then
    assertThat(orphans).containsOnlyKeys(PARTS);
    for (ProcessIdentity orphan : orphans.values()) {
      assertThat(orphan.isAlive()).isFalse();
    }
    assertThat(TestLauncher.output(stack)).contains("left by a launcher that was killed");
    assertThat(stack.numbers().stream().filter(n -> n == 1)).hasSize(1);
  }

  @Test
  @Tag("long")
  void killsAllAtOnceOnTheSecondSignal() throws Exception {
    // Given
    Process launcher = launch();
    awaitUp(launcher);
    Map<String, ProcessIdentity> parts = new Orphans(data).find();

    // When
    launcher.destroy();
    Await.until("stopping", () -> TestLauncher.output(stack).contains("Stopping."));
    launcher.destroy();
    int exitCode = launcher.waitFor();

    // Then
    assertThat(exitCode).isEqualTo(130);
    for (ProcessIdentity part : parts.values()) {
      Await.until("no " + part, () -> !part.isAlive());
    }
  }

  @Test
  void stopsEverythingWhenSignalledWhileStarting() throws Exception {
    // Given
    Process launcher = launch();
    PidFile jobManager = new PidFile(data.pidFile(JobManagerService.NAME));
    Await.until("a JobManager", () -> jobManager.living().isPresent());

    // When
    launcher.destroy();

    // Then
    assertThat(launcher.waitFor()).isZero();
    assertThat(new Orphans(data).find()).isEmpty();
  }

  @Test
  void refusesASecondLauncherOnTheSameData() throws Exception {
    // Given
    Process first = launch();
    awaitUp(first);

    // When
    int exitCode = launch().waitFor();

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(TestLauncher.output(stack)).contains("a stack runs already on " + data.root());
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void startsNothingWhenAPortIsTaken() throws Exception {
    int exitCode;
    // Given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      stack = stack.with(Setting.FLINK_PORT, String.valueOf(taken.getLocalPort()));

      // When
      exitCode = launch().waitFor();
    }

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(TestLauncher.output(stack))
        .contains("port " + stack.config().flink().port())
        .contains("--flink-port (WAYMARK_FLINK_PORT)");
    assertThat(data.postgres()).doesNotExist();
  }

  @Test
  @Tag("long")
  void downStopsARunningStackAndAKilledOne() throws Exception {
    // Given
    Process first = launch();
    awaitUp(first);

    String statusBefore = status();

    // When
    String said = down();
    int exitCode = first.waitFor();
    Process second = launch();
    awaitUp(second);
    second.destroyForcibly().waitFor();
    String statusOfKilled = status();
    down();

    // Then
    assertThat(exitCode).isZero();
    // There is no API in this test.
    assertThat(statusBefore).startsWith("1:").contains("✓ kafka", "✓ waymark-trail", "✗ api");
    assertThat(said).contains("each with a savepoint").contains("Data is kept");
    assertThat(statusOfKilled).contains("3: Not running").contains("! kafka (pid ");
    assertThat(status()).startsWith("3: Not running").doesNotContain("!");
    assertThat(down()).startsWith("Nothing runs");
  }

  private Process launch() throws Exception {
    Process launcher = TestLauncher.start(stack);
    launchers.add(launcher);
    return launcher;
  }

  private void awaitUp(Process launcher) throws Exception {
    Await.until(
        "the stack is up",
        () -> {
          assertThat(launcher.isAlive()).as(TestLauncher.output(stack)).isTrue();
          return Files.exists(data.stackEnv())
              && new PidFile(data.pidFile(Launcher.NAME))
                  .living()
                  .filter(process -> process.pid() == launcher.pid())
                  .isPresent();
        });
  }

  private void awaitNumbers(int count) throws Exception {
    Await.until(count + " numbers", () -> stack.numbers().size() >= count);
  }

  /** Exit code and output. */
  private String status() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exitCode = new StackStatus(data, out).show();
    return exitCode + ": " + bytes.toString(StandardCharsets.UTF_8);
  }

  private String down() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new Stopper(data, out, where -> new Progress(out, false, where.log(Launcher.NAME))).stop();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
