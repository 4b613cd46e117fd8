package dev.waymark.api.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file for browsers.
 *
 * @param body its bytes
 * @param packed the same, gzip
 * @param type its media type
 */
public record Asset(byte[] body, byte[] packed, String type) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  /** Takes the type from the name's ending. */
  static Asset of(String name, byte[] body) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return new Asset(body, pack(body), TYPES.getOrDefault(ending, "application/octet-stream"));
  }

  private static byte[] pack(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new BestGzip(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("packing in memory", e);
    }
    return packed.toByteArray();
  }

  /** Packed once and sent often. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
