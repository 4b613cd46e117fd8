package dev.waymark.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers from where each job goes on: under which id it was last submitted and what it was
 * restored from then. The snapshots themselves are the truth about what came after, so nothing is
 * lost when the launcher dies at any point: the newest complete savepoint or checkpoint of that id
 * counts, and before it has one, what it was restored from.
 *
 * <p>A cluster that is not ours keeps its snapshots elsewhere; there the savepoint's address is
 * written down too.
 */
final class ResumePoints {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB_ID = "jobId";
  private static final String RESTORED_FROM = "restoredFrom";
  private static final String SAVEPOINT = "savepoint";

  /** Written last into a snapshot, and moved into place: where it is, the snapshot is complete. */
  private static final String METADATA = "_metadata";

  private final DataDir data;

  ResumePoints(DataDir data) {
    this.data = data;
  }

  /**
   * Address of the snapshot that the job should be restored from; empty at its very first start.
   */
  Optional<String> latest(String job) throws IOException {
    JsonNode entry = read().path(job);
    if (entry.has(SAVEPOINT)) {
      return Optional.of(entry.get(SAVEPOINT).asText());
    }
    if (entry.has(JOB_ID)) {
      Optional<Path> newest = newestSnapshot(entry.get(JOB_ID).asText());
      if (newest.isPresent()) {
        return newest.map(path -> path.toUri().toString());
      }
    }
    return Optional.ofNullable(entry.get(RESTORED_FROM)).map(JsonNode::asText);
  }

  /** Notes that the job runs now under a new id. */
  void submitted(String job, String jobId, Optional<String> restoredFrom) throws IOException {
    ObjectNode all = read();
    ObjectNode entry = all.putObject(job).put(JOB_ID, jobId);
    restoredFrom.ifPresent(from -> entry.put(RESTORED_FROM, from));
    write(all);
  }

  /** Notes where the job's last savepoint is. */
  void savepointTaken(String job, String address) throws IOException {
    ObjectNode all = read();
    all.withObject("/" + job).put(SAVEPOINT, address);
    write(all);
  }

  /** Where savepoints of this id go. */
  Path savepoints(String jobId) {
    return data.savepoints().resolve(jobId);
  }

  /**
   * Deletes local snapshots that no job would be restored from any more. Call only while no job
   * runs.
   */
  void deleteUnused(List<FlinkJob> jobs) throws IOException {
    Set<Path> used = new HashSet<>();
    for (FlinkJob job : jobs) {
      latest(job.name()).ifPresent(address -> used.add(folderOfId(address)));
    }
    for (Path parent : List.of(data.checkpoints(), data.savepoints())) {
      for (Path folder : Folders.children(parent)) {
        if (!used.contains(folder)) {
          Folders.delete(folder);
        }
      }
    }
  }

  /** A checkpoint shares files with its siblings, so the whole folder of its job id is kept. */
  private static Path folderOfId(String address) {
    return Path.of(java.net.URI.create(address)).normalize().resolve("..").normalize();
  }

  private Optional<Path> newestSnapshot(String jobId) throws IOException {
    List<Path> snapshots = new ArrayList<>(Folders.children(savepoints(jobId)));
    snapshots.addAll(Folders.children(data.checkpoints().resolve(jobId)));
    Optional<Path> newest = Optional.empty();
    Optional<FileTime> newestTime = Optional.empty();
    for (Path snapshot : snapshots) {
      Path metadata = snapshot.resolve(METADATA);
      if (!Files.exists(metadata)) {
        continue;
      }
      FileTime time = Files.getLastModifiedTime(metadata);
      if (newestTime.isEmpty() || time.compareTo(newestTime.get()) > 0) {
        newest = Optional.of(snapshot);
        newestTime = Optional.of(time);
      }
    }
    return newest;
  }

  private ObjectNode read() throws IOException {
    try {
      return (ObjectNode) JSON.readTree(Files.readString(data.resumePoints()));
    } catch (NoSuchFileException e) {
      return JSON.createObjectNode();
    }
  }

  private void write(ObjectNode all) throws IOException {
    Path file = data.resumePoints();
    Files.createDirectories(file.resolveSibling("."));
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
