package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waymark.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackTest {
  @TempDir private Path folder;
  private final List<String> happened = new CopyOnWriteArrayList<>();
  private DataDir data;

  @BeforeEach
  void prepare() throws Exception {
    data = new DataDir(folder);
    data.create();
  }

  @Test
  void startsEachPartAfterWhatItNeedsAndStopsInReverse() throws Exception {
    Stack stack = stack(part("db"), part("api", "db"), part("jobs", "api", "not-here"));

    stack.start();
    stack.stop();

    assertThat(happened)
        .containsExactly("start db", "start api", "start jobs", "stop jobs", "stop api", "stop db");
  }

  @Test
  void givesUpWaitingForOthersWhenOnePartFails() {
    CountDownLatch never = new CountDownLatch(1);
    Part stuck =
        new Part("stuck", Set.of()) {
          @Override
          public String start() throws InterruptedException {
            never.await();
            return "";
          }
        };
    Part broken =
        new Part("broken", Set.of()) {
          @Override
          public String start() throws StartFailedException {
            throw new StartFailedException("no luck");
          }
        };
    Stack stack = stack(stuck, broken, part("later", "broken"));

    assertThatThrownBy(stack::start).isInstanceOf(StartFailedException.class).hasMessage("no luck");
    assertThat(happened).isEmpty();
  }

  @Test
  void restartsWhatDiesAndWhatDiesWithIt() throws Exception {
    // Given
    CountDownLatch restarted = new CountDownLatch(1);
    Sleeper main = new Sleeper("main");
    Part satellite =
        new Part("satellite", Set.of("main")) {
          @Override
          public Set<String> diesWith() {
            return Set.of("main");
          }

          @Override
          public String start() throws StartFailedException, InterruptedException {
            if (happened.contains("abandon satellite")) {
              restarted.countDown();
            }
            return super.start();
          }
        };
    Stack stack = stack(main, satellite);
    stack.start();
    Thread supervisor = new Thread(() -> supervise(stack));
    supervisor.start();

    // When
    main.kill();
    restarted.await();

    // Then
    supervisor.interrupt();
    supervisor.join();
    stack.stop();
    assertThat(happened)
        .containsExactly(
            "start satellite", "abandon satellite", "start satellite", "stop satellite");
    assertThat(main.process()).isEmpty();
  }

  @Test
  void bringsBackOnePartWhileAnotherWaitsForIt() throws Exception {
    // Given
    CountDownLatch databaseIsBack = new CountDownLatch(1);
    CountDownLatch bothAreBack = new CountDownLatch(1);
    Sleeper database =
        new Sleeper("db") {
          @Override
          String whenReady() {
            if (starts() > 1) {
              databaseIsBack.countDown();
            }
            return "";
          }
        };
    Sleeper api =
        new Sleeper("api") {
          @Override
          String whenReady() throws InterruptedException {
            if (starts() > 1) {
              databaseIsBack.await();
              bothAreBack.countDown();
            }
            return "";
          }
        };
    Stack stack = stack(database, api);
    stack.start();
    Thread supervisor = new Thread(() -> supervise(stack));
    supervisor.start();

    // When
    api.kill();
    Await.until("api starts again", () -> api.starts() > 1);
    database.kill();
    bothAreBack.await();

    // Then
    supervisor.interrupt();
    supervisor.join();
    stack.stop();
    assertThat(List.of(database.starts(), api.starts())).containsExactly(2, 2);
  }

  @Test
  void givesUpOnAPartThatDoesNotStayAlive() throws Exception {
    Sleeper dying =
        new Sleeper("dying") {
          @Override
          boolean isReady(ChildProcess process) {
            if (starts() > 1) {
              ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
              return !process.isAlive();
            }
            return true;
          }
        };
    Stack stack = stack(dying);
    stack.start();
    dying.kill();

    assertThatThrownBy(stack::supervise)
        .isInstanceOf(StartFailedException.class)
        .hasMessageStartingWith("dying died 7 times in a row");
    stack.stop();
  }

  @Test
  void stopsTheOthersWhenOnePartCannotBeStopped() throws Exception {
    Part stubborn =
        new Part("stubborn", Set.of()) {
          @Override
          public Optional<String> stop() throws IOException {
            throw new IOException("will not");
          }
        };
    Stack stack = stack(part("db"), stubborn);
    stack.start();

    stack.stop();

    assertThat(happened).contains("stop db");
  }

  private static void supervise(Stack stack) {
    try {
      stack.supervise();
    } catch (InterruptedException e) {
      // The test ends it so.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Stack stack(Service... parts) {
    return new Stack(
        List.of(parts),
        TestStack.silent(data),
        new RestartPolicy(Clock.systemUTC(), Duration.ofMillis(1)));
  }

  private Part part(String name, String... needs) {
    return new Part(name, Set.of(needs));
  }

  private class Part implements Service {
    private final String name;
    private final Set<String> needs;

    Part(String name, Set<String> needs) {
      this.name = name;
      this.needs = needs;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Set<String> needs() {
      return needs;
    }

    @Override
    public String start() throws StartFailedException, InterruptedException {
      happened.add("start " + name);
      return "";
    }

    @Override
    public Optional<String> stop() throws IOException {
      happened.add("stop " + name);
      return Optional.of("");
    }

    @Override
    public void abandon() {
      happened.add("abandon " + name);
    }

    @Override
    public Optional<ChildProcess> process() {
      return Optional.empty();
    }
  }

  private class Sleeper extends ProcessService {
    private final AtomicInteger starts = new AtomicInteger();

    Sleeper(String name) {
      super(name, data, Duration.ofSeconds(30));
    }

    @Override
    public Set<String> needs() {
      return Set.of();
    }

    int starts() {
      return starts.get();
    }

    /** From outside, so that it looks like a death. */
    void kill() {
      ProcessHandle.of(process().orElseThrow().pid()).orElseThrow().destroyForcibly();
    }

    @Override
    Command command() {
      starts.incrementAndGet();
      return new Command(List.of("sleep", "1000"), Map.of(), folder);
    }

    @Override
    boolean isReady(ChildProcess process) {
      return process.isAlive();
    }

    @Override
    String whenReady() throws InterruptedException {
      return "";
    }
  }
}
