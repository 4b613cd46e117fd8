package dev.waymark.api.dashboard;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The files of others that the dashboard stands on, out of their WebJars. */
@Singleton
final class Libraries {
  private final Map<String, String> locations;

  Libraries(
      @Property(name = "waymark.dashboard.preact") String preact,
      @Property(name = "waymark.dashboard.chart") String chart,
      @Property(name = "waymark.dashboard.dagre") String dagre) {
    locations =
        Map.of(
            "lib/preact.js", preact + "/dist/preact.module.js",
            "lib/hooks.js", preact + "/hooks/dist/hooks.module.js",
            "lib/chart.js", chart + "/dist/chart.umd.js",
            "lib/dagre.js", dagre + "/dist/dagre.min.js");
  }

  /** Their bytes, by the name they are served under. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    locations.forEach((name, location) -> files.put(name, read(location)));
    return files;
  }

  private static byte[] read(String location) {
    try (InputStream file = Libraries.class.getClassLoader().getResourceAsStream(location)) {
      if (file == null) {
        throw new IllegalStateException("not on the class path: " + location);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(location, e);
    }
  }
}
