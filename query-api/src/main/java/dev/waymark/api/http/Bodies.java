package dev.waymark.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.doors.Json;
import dev.waymark.api.gateway.InFlight;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests that bring events: content type, encoding, size, UTF-8, depth and
 * number of values are looked at before anything is built of them. Memory is asked for before it is
 * taken. Throws {@link ProblemException}: 400, 413, 415.
 */
@Singleton
final class Bodies {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int MAX_DEPTH = 200;

  /** A tree's memory is in its nodes: a body of brackets alone takes thirty times its size. */
  private static final int MAX_VALUES = 200_000;

  private static final int BYTES_A_VALUE = 64;

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();
  private final int maxBytes;

  Bodies(ApiConfig config) {
    this.maxBytes = config.ingest().maxBodyBytes();
  }

  /** The name of the body's type, without parameters; one of those that are taken. */
  static String type(HttpRequest<?> request, Set<String> taken) {
    String type = request.getContentType().map(MediaType::getName).orElse("");
    if (!taken.contains(type.toLowerCase(Locale.ROOT))) {
      throw ProblemException.unsupported(
          HttpHeaders.CONTENT_TYPE,
          "must be " + String.join(" or ", taken.stream().sorted().toList()));
    }
    return type.toLowerCase(Locale.ROOT);
  }

  /** The body's bytes, unpacked. */
  byte[] bytes(HttpRequest<?> request, byte @Nullable [] body, InFlight.Place place) {
    if (body == null || body.length == 0) {
      throw ProblemException.badBody("body", "must not be empty");
    }
    requireSize(body.length);
    place.hold(body.length);
    String encoding =
        request.getHeaders().get(HttpHeaders.CONTENT_ENCODING, String.class, "identity");
    return switch (encoding.toLowerCase(Locale.ROOT)) {
      case "identity" -> body;
      case "gzip", "x-gzip" -> unpack(body, place);
      default ->
          throw ProblemException.unsupported(
              HttpHeaders.CONTENT_ENCODING, "must be gzip or identity");
    };
  }

  /** The same where it must be JSON: UTF-8, and no NUL, which would make it UTF-16 to a parser. */
  byte[] utf8(HttpRequest<?> request, byte @Nullable [] body, InFlight.Place place) {
    byte[] bytes = bytes(request, body, place);
    if (!isUtf8(bytes)) {
      throw ProblemException.badBody("body", "must be UTF-8 without NUL");
    }
    return bytes;
  }

  /** The same as a tree of JSON. */
  JsonNode tree(HttpRequest<?> request, byte @Nullable [] body, InFlight.Place place) {
    byte[] bytes = utf8(request, body, place);
    try {
      place.hold(requireValues(bytes) * BYTES_A_VALUE);
      return Json.read(bytes);
    } catch (JsonProcessingException e) {
      throw ProblemException.badBody("body", "must be JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    boolean isAscii = true;
    for (byte each : bytes) {
      if (each == 0) {
        return false;
      }
      isAscii &= each > 0;
    }
    return isAscii || ByteBufUtil.isText(Unpooled.wrappedBuffer(bytes), StandardCharsets.UTF_8);
  }

  private int requireValues(byte[] bytes) throws IOException {
    int values = 0;
    try (JsonParser parser = json.createParser(bytes)) {
      while (parser.nextToken() != null) {
        values++;
        if (values > MAX_VALUES) {
          throw ProblemException.tooLargeBody("must have at most " + MAX_VALUES + " values");
        }
      }
    }
    if (values == 0) {
      throw ProblemException.badBody("body", "must not be empty");
    }
    return values;
  }

  private byte[] unpack(byte[] packed, InFlight.Place place) {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream(packed.length * 2);
    byte[] chunk = new byte[CHUNK_BYTES];
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        requireSize(unpacked.size() + read);
        place.hold(read);
        unpacked.write(chunk, 0, read);
      }
    } catch (IOException e) {
      throw ProblemException.badBody("body", "must be gzip, as its Content-Encoding says");
    }
    return unpacked.toByteArray();
  }

  private void requireSize(int bytes) {
    if (bytes > maxBytes) {
      throw ProblemException.tooLargeBody("must have at most " + maxBytes + " bytes");
    }
  }
}
