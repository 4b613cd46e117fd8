package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumePointsTest {
  private static final FlinkJob JOB = new FlinkJob("waymark-trail", "Main", false, false);

  @TempDir private Path folder;
  private DataDir data;
  private ResumePoints points;

  @BeforeEach
  void prepare() {
    data = new DataDir(folder);
    points = new ResumePoints(data);
  }

  @Test
  void hasNothingAtTheFirstStart() throws Exception {
    assertThat(points.latest(JOB.name())).isEmpty();

    points.submitted(JOB.name(), "id1", Optional.empty());

    assertThat(points.latest(JOB.name())).isEmpty();
  }

  @Test
  void takesTheNewestCompleteSnapshotOfTheLastRun() throws Exception {
    points.submitted(JOB.name(), "id1", Optional.empty());
    snapshot(data.checkpoints().resolve("id1/chk-9"), 100);
    Path newest = snapshot(data.checkpoints().resolve("id1/chk-10"), 200);
    Files.createDirectories(data.checkpoints().resolve("id1/chk-11"));
    Files.createDirectories(data.checkpoints().resolve("id1/shared"));
    snapshot(data.checkpoints().resolve("other/chk-99"), 900);

    assertThat(points.latest(JOB.name())).contains(newest.toUri().toString());

    Path savepoint = snapshot(points.savepoints("id1").resolve("savepoint-id1-abc"), 300);

    assertThat(points.latest(JOB.name())).contains(savepoint.toUri().toString());
  }

  @Test
  void goesBackToWhereTheJobCameFromUntilItHasItsOwn() throws Exception {
    Path savepoint = snapshot(points.savepoints("id1").resolve("savepoint-id1-abc"), 300);
    String address = savepoint.toUri().toString();
    points.submitted(JOB.name(), "id2", Optional.of(address));

    assertThat(points.latest(JOB.name())).contains(address);
  }

  @Test
  void takesTheWordOfAClusterThatKeepsItsSnapshotsElsewhere() throws Exception {
    points.submitted(JOB.name(), "id1", Optional.empty());
    points.savepointTaken(JOB.name(), "s3://bucket/savepoint-1");

    assertThat(points.latest(JOB.name())).contains("s3://bucket/savepoint-1");
  }

  @Test
  void deletesOnlyWhatNoJobWouldGoOnFrom() throws Exception {
    Path old = snapshot(data.checkpoints().resolve("id0/chk-3"), 50);
    Path used = snapshot(data.checkpoints().resolve("id1/chk-7"), 100);
    Path shared = Files.createDirectories(data.checkpoints().resolve("id1/shared"));
    points.submitted(JOB.name(), "id2", Optional.of(used.toUri().toString()));

    points.deleteUnused(List.of(JOB));

    assertThat(old).doesNotExist();
    assertThat(used).exists();
    assertThat(shared).exists();
    assertThat(points.latest(JOB.name())).contains(used.toUri().toString());
  }

  private static Path snapshot(Path directory, long seconds) throws IOException {
    Files.createDirectories(directory);
    Path metadata = Files.createFile(directory.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(seconds * 1_000));
    return directory;
  }
}
