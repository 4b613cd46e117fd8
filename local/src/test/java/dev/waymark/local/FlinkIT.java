package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waymark.testkit.Await;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real JobManager and TaskManager as processes, and a real job on them. */
final class FlinkIT {
  private static final int SOME = 30;

  @TempDir private Path folder;
  private TestStack testStack;
  private Thread supervisor;
  private Stack stack;

  @BeforeEach
  void prepare() throws Exception {
    testStack = TestStack.in(folder);
  }

  @AfterEach
  void stopAll() throws Exception {
    if (stack != null) {
      stop();
    }
  }

  @Test
  void goesOnFromTheSavepointAsIfNothingHadHappened() throws Exception {
    // Given
    start(testStack.flinkWithJob());
    awaitNumbers(SOME);
    stop();
    int before = testStack.numbers().size();

    // When
    start(testStack.flinkWithJob());
    awaitNumbers(before + SOME);

    // Then
    List<Long> numbers = testStack.numbers();
    assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Test
  void bringsBackATaskManagerThatIsKilled() throws Exception {
    // Given
    start(testStack.flinkWithJob());
    awaitCheckpoint();
    long before = testStack.numbers().size();

    // When
    kill(TaskManagerService.NAME);

    // Then
    Await.until("numbers beyond " + before, () -> maximum() > before + SOME);
    assertThat(testStack.numbers().stream().filter(n -> n == 1)).hasSize(1);
  }

  @Test
  @Tag("long")
  void bringsBackAJobManagerThatIsKilledAndItsJobs() throws Exception {
    // Given
    start(testStack.flinkWithJob());
    awaitCheckpoint();
    long before = testStack.numbers().size();

    // When
    kill(JobManagerService.NAME);

    // Then
    Await.until("numbers beyond " + before, () -> maximum() > before + SOME);
    assertThat(testStack.numbers().stream().filter(n -> n == 1)).hasSize(1);
  }

  @Test
  void saysWhenStateDoesNotFitAndKeepsIt() throws Exception {
    // Given
    start(testStack.flinkWithJob());
    awaitNumbers(SOME);
    stop();
    String saved =
        new ResumePoints(testStack.config().data()).latest("waymark-trail").orElseThrow();

    // When
    Stack other = newStack(testStack.flinkWithJob("--counter", "text"));

    // Then
    assertThatThrownBy(other::start)
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("waymark-trail cannot go on from its saved state")
        .hasMessageContaining(saved)
        .hasMessageContaining("./waymark up --discard-state waymark-trail");
    other.stop();
    assertThat(new ResumePoints(testStack.config().data()).latest("waymark-trail")).contains(saved);
  }

  @Test
  @Tag("long")
  void beginsAnewWhenToldToDiscardState() throws Exception {
    // Given
    start(testStack.flinkWithJob());
    awaitNumbers(SOME);
    stop();
    int before = testStack.numbers().size();

    // When
    start(testStack.with(Setting.DISCARD_STATE, "waymark-trail").flinkWithJob("--counter", "text"));
    awaitNumbers(before + 1);

    // Then
    assertThat(testStack.numbers().get(before)).isEqualTo(1);
  }

  private void start(List<Service> services) throws Exception {
    stack = newStack(services);
    stack.start();
    Stack started = stack;
    supervisor = new Thread(() -> supervise(started), "supervisor");
    supervisor.start();
  }

  private Stack newStack(List<Service> services) throws Exception {
    DataDir data = testStack.config().data();
    return new Stack(services, TestStack.silent(data), new RestartPolicy(Clock.systemUTC()));
  }

  private static void supervise(Stack stack) {
    try {
      stack.supervise();
    } catch (InterruptedException e) {
      // The test stops it so.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void stop() throws Exception {
    supervisor.interrupt();
    supervisor.join();
    stack.stop();
    stack = null;
  }

  private void kill(String name) throws Exception {
    ProcessIdentity process =
        new PidFile(testStack.config().data().pidFile(name)).living().orElseThrow();
    StopSignal.kill(process);
  }

  private void awaitNumbers(int count) throws Exception {
    Await.until(count + " numbers", () -> testStack.numbers().size() >= count);
  }

  private long maximum() throws Exception {
    return testStack.numbers().stream().mapToLong(n -> n).max().orElse(0);
  }

  private void awaitCheckpoint() throws Exception {
    ResumePoints points = new ResumePoints(testStack.config().data());
    Await.until("a checkpoint", () -> points.latest("waymark-trail").isPresent());
  }
}
