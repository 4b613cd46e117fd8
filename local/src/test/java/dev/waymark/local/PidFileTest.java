package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PidFileTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private PidFile pidFile;

  @BeforeEach
  void prepare() {
    pidFile = new PidFile(folder.resolve("some.pid"));
  }

  @Test
  void knowsALivingProcess() throws Exception {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

    pidFile.write(self);

    assertThat(pidFile.living()).contains(self);
  }

  @Test
  void doesNotTakeAnotherProcessWithTheSameNumberForIt() throws Exception {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

    pidFile.write(new ProcessIdentity(self.pid(), "another boot:1"));

    assertThat(pidFile.living()).isEmpty();
  }

  @Test
  void forgetsAProcessThatHasEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
    pidFile.write(identity);

    boolean willing = StopSignal.TERM.stop(identity, PATIENCE);

    assertThat(willing).isTrue();
    assertThat(pidFile.living()).isEmpty();
  }

  @Test
  void treatsWhatItCannotReadAsAbsent() throws Exception {
    for (String text : new String[] {"", "12", "x\ny\n", "-1\nbirth\n", "1\n2\n3\n"}) {
      Files.writeString(folder.resolve("some.pid"), text);

      assertThat(pidFile.living()).isEmpty();
    }
  }

  @Test
  void killsWhatDoesNotListen() throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();

    boolean willing = StopSignal.TERM.stop(identity, Duration.ofMillis(300));

    assertThat(willing).isFalse();
    assertThat(identity.isAlive()).isFalse();
  }
}
