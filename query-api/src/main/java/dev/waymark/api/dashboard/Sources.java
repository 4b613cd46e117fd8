package dev.waymark.api.dashboard;

import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The dashboard's own files: of the class path, or of a folder while somebody works on them. */
@Singleton
final class Sources {
  private static final String ROOT = "dashboard";

  private final String folder;

  Sources(ApiConfig config) {
    this.folder = config.http().dashboardFolder();
  }

  /** Whether they may change while the process lives. */
  boolean areLive() {
    return !folder.isEmpty();
  }

  /** Their bytes, by path below the root, with {@code /}. */
  Map<String, byte[]> files() {
    try {
      return areLive() ? below(Path.of(folder)) : ofClassPath();
    } catch (IOException e) {
      throw new UncheckedIOException("the dashboard's files", e);
    }
  }

  private static Map<String, byte[]> ofClassPath() throws IOException {
    URL root = Sources.class.getClassLoader().getResource(ROOT);
    if (root == null) {
      throw new IllegalStateException("not on the class path: " + ROOT);
    }
    URI address = address(root);
    if (address.getScheme().equals("file")) {
      return below(Path.of(address));
    }
    try (FileSystem jar = FileSystems.newFileSystem(address, Map.of())) {
      return below(jar.getPath(ROOT));
    }
  }

  private static URI address(URL root) {
    try {
      return root.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource's address is one", e);
    }
  }

  private static Map<String, byte[]> below(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
      }
    }
    return files;
  }
}
