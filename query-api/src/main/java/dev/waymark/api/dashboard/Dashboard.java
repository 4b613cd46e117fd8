package dev.waymark.api.dashboard;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The dashboard's page and its parts. All parts have addresses below {@code /assets/VERSION/},
 * where the version is a digest of all of them: browsers keep them for ever, and a new build has
 * new addresses. Modules name each other by relative paths, so they stay within their version.
 */
@Singleton
public final class Dashboard {
  private static final String PAGE = "index.html";
  private static final String VERSION = "{{version}}";
  private static final String PRELOADS = "{{preloads}}";
  private static final int VERSION_DIGITS = 16;

  /** What the first view needs; views of their own load when they are gone to. */
  private static final Pattern PRELOADED = Pattern.compile("(app|core|ui)/[a-z-]+\\.js");

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private final Sources sources;
  private final Map<String, Asset> libraries = new TreeMap<>();
  private volatile Build build;

  Dashboard(Sources sources, Libraries libraries) {
    this.sources = sources;
    libraries.files().forEach((path, body) -> this.libraries.put(path, Asset.of(path, body)));
    this.build = build();
  }

  /** All files of one moment, which fit together. */
  private record Build(
      String version, Asset page, String importMapHash, Map<String, Asset> parts) {}

  /** The page. */
  public Asset page() {
    return current().page();
  }

  /** Names the page and all parts. */
  public String version() {
    return build.version();
  }

  /** Whether its parts stay as they are for ever. */
  public boolean isImmutable() {
    return !sources.areLive();
  }

  /** A part, as {@code core/api.js}; empty where there is none, or it is one of another version. */
  public Optional<Asset> part(String version, String path) {
    Build now = current();
    return sources.areLive() || version.equals(now.version())
        ? Optional.ofNullable(now.parts().get(path))
        : Optional.empty();
  }

  /** What a Content-Security-Policy must name for the page's import map to be read. */
  public String importMapHash() {
    return build.importMapHash();
  }

  private Build current() {
    if (sources.areLive()) {
      build = build();
    }
    return build;
  }

  private Build build() {
    Map<String, byte[]> files = new TreeMap<>(sources.files());
    byte[] template = files.remove(PAGE);
    if (template == null) {
      throw new IllegalStateException("the dashboard has no " + PAGE);
    }
    Map<String, Asset> parts = new TreeMap<>(libraries);
    files.forEach((path, body) -> parts.put(path, Asset.of(path, body)));
    String version = version(parts, template);
    String page =
        new String(template, StandardCharsets.UTF_8)
            .replace(PRELOADS, preloads(files))
            .replace(VERSION, version);
    return new Build(
        version, Asset.of(PAGE, page.getBytes(StandardCharsets.UTF_8)), importMapHash(page), parts);
  }

  private static String preloads(Map<String, byte[]> files) {
    return files.keySet().stream()
        .filter(path -> PRELOADED.matcher(path).matches())
        .map(path -> "<link rel=\"modulepreload\" href=\"/assets/" + VERSION + "/" + path + "\">")
        .collect(Collectors.joining("\n    "));
  }

  private static String version(Map<String, Asset> parts, byte[] template) {
    MessageDigest digest = sha256();
    digest.update(template);
    parts.forEach(
        (path, part) -> {
          digest.update(path.getBytes(StandardCharsets.UTF_8));
          digest.update(part.body());
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
  }

  private static String importMapHash(String page) {
    Matcher found = IMPORT_MAP.matcher(page);
    if (!found.find()) {
      throw new IllegalStateException("the dashboard's page has no import map");
    }
    byte[] hash = sha256().digest(found.group(1).getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
