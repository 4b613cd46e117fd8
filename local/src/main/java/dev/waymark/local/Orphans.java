package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Processes of a launcher that was killed and could not stop them. They are known by their pid
 * files, and PostgreSQL by its own lock too. Flink's jobs go on from their last checkpoint
 * afterwards, so ending them costs seconds of work.
 */
final class Orphans {
  /** Producers first, what keeps data last. */
  private static final List<String> ORDER =
      List.of(
          DemoService.NAME,
          ApiService.NAME,
          TaskManagerService.NAME,
          JobManagerService.NAME,
          "initdb",
          KafkaService.NAME,
          PostgresService.NAME);

  private static final Duration GRACE = Duration.ofSeconds(20);

  private final DataDir data;

  Orphans(DataDir data) {
    this.data = data;
  }

  /** What is left, by name, in the order in which to stop it. */
  Map<String, ProcessIdentity> find() throws IOException {
    Map<String, ProcessIdentity> found = new LinkedHashMap<>();
    for (String name : ORDER) {
      Optional<ProcessIdentity> living = new PidFile(data.pidFile(name)).living();
      if (living.isEmpty() && name.equals(PostgresService.NAME)) {
        living = new PostmasterPid(PostgresService.databaseFiles(data)).living();
      }
      living.ifPresent(process -> found.put(name, process));
    }
    return found;
  }

  /** Stops them and says so. Returns their names. */
  List<String> stop(Progress progress) throws IOException, InterruptedException {
    Map<String, ProcessIdentity> found = find();
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, ProcessIdentity> orphan : found.entrySet()) {
      String name = orphan.getKey();
      progress.begin(name);
      StopSignal signal = name.equals(PostgresService.NAME) ? StopSignal.INT : StopSignal.TERM;
      boolean willing = signal.stop(orphan.getValue(), GRACE);
      progress.done(
          name,
          Text.of(
              "%s, left by a launcher that was killed (pid %d)",
              willing ? "stopped" : "killed", orphan.getValue().pid()));
      names.add(name);
    }
    for (Path file : Folders.children(data.pidFiles())) {
      new PidFile(file).delete();
    }
    return names;
  }
}
