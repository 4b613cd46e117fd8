package dev.waymark.api.payload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Objects as files of a folder, which is made at the first of them. A file appears under its name
 * with all its bytes on the disk, or not at all.
 */
final class DirectoryObjects implements ObjectStore {
  private final Path folder;

  DirectoryObjects(Path folder) {
    this.folder = folder;
  }

  @Override
  public void put(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return;
    }
    try {
      Path parent = Files.createDirectories(file.resolveSibling("."));
      Path draft = Files.createTempFile(parent, "draft-", "");
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      force(parent);
    } catch (IOException e) {
      throw new ObjectsUnavailableException(e);
    }
  }

  @Override
  public Optional<byte[]> get(String name) {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ObjectsUnavailableException(e);
    }
  }

  /** The name is an entry of the folder, which has a life of its own on the disk. */
  private static void force(Path parent) throws IOException {
    try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {}
}
