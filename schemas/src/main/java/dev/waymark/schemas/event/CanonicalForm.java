package dev.waymark.schemas.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * Writes the RFC 8785 canonical form of an event that {@link EventJson} parsed, without parsing it
 * again. What parsing may have changed (integers beyond 64 bits became doubles) or JSON cannot hold
 * (unpaired surrogates, infinity) it leaves to the library that goes by the bytes.
 */
final class CanonicalForm {
  private static final double BEYOND_LONG = 0x1p63;
  private static final long MAX_EXACT = 1L << 53;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream out;

  private CanonicalForm(int sizeBytes) {
    this.out = new ByteArrayOutputStream(sizeBytes);
  }

  /** It holds something whose canonical form must be made from the bytes, if it has one. */
  static final class UnsureException extends Exception {
    UnsureException(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * The canonical form without one member of one of the root's members.
   *
   * @param sizeBytes about how long it will be
   */
  static byte[] without(String parent, String left, Map<String, Object> event, int sizeBytes)
      throws UnsureException {
    CanonicalForm form = new CanonicalForm(sizeBytes);
    try {
      form.writeRoot(event, parent, left);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return form.out.toByteArray();
  }

  private void writeRoot(Map<String, Object> event, String parent, String left)
      throws IOException, UnsureException {
    out.write('{');
    int written = 0;
    for (Map.Entry<String, Object> member : sorted(event)) {
      writeName(member.getKey(), written++);
      if (member.getKey().equals(parent) && member.getValue() instanceof Map<?, ?> map) {
        writeObject(map, left);
      } else {
        writeValue(member.getValue());
      }
    }
    out.write('}');
  }

  private void writeObject(Map<?, ?> object, String left) throws IOException, UnsureException {
    out.write('{');
    int written = 0;
    for (Map.Entry<String, Object> member : sorted(object)) {
      if (!member.getKey().equals(left)) {
        writeName(member.getKey(), written++);
        writeValue(member.getValue());
      }
    }
    out.write('}');
  }

  /** By UTF-16 units, as texts compare. */
  @SuppressWarnings("unchecked") // whatever EventJson makes has texts as names
  private static Set<Map.Entry<String, Object>> sorted(Map<?, ?> object) {
    return new TreeMap<>((Map<String, Object>) object).entrySet();
  }

  private void writeName(String name, int before) throws UnsureException {
    if (before > 0) {
      out.write(',');
    }
    writeText(name);
    out.write(':');
  }

  private void writeValue(Object value) throws IOException, UnsureException {
    if (value instanceof String text) {
      writeText(text);
    } else if (value instanceof Long number) {
      writeInteger(number);
    } else if (value instanceof Double number) {
      writeDouble(number);
    } else if (value instanceof Map<?, ?> object) {
      writeObject(object, "");
    } else if (value instanceof List<?> list) {
      writeList(list);
    } else {
      writeAscii(value instanceof Boolean ? value.toString() : "null");
    }
  }

  private void writeList(List<?> list) throws IOException, UnsureException {
    out.write('[');
    int written = 0;
    for (Object value : list) {
      if (written++ > 0) {
        out.write(',');
      }
      writeValue(value);
    }
    out.write(']');
  }

  private void writeInteger(long number) throws UnsureException {
    if (Math.abs(number) > MAX_EXACT) {
      throw new UnsureException("an integer beyond 2^53");
    }
    writeAscii(Long.toString(number));
  }

  private void writeDouble(double number) throws IOException, UnsureException {
    if (!(Math.abs(number) < BEYOND_LONG)) {
      throw new UnsureException("a number beyond 64 bits");
    }
    writeAscii(NumberToJSON.serializeNumber(number));
  }

  private void writeAscii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void writeText(String text) throws UnsureException {
    out.write('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        writePlain(text, plain, i);
        writeEscaped(c);
        plain = i + 1;
      } else if (Character.isSurrogate(c)) {
        requirePair(text, i++);
      }
    }
    writePlain(text, plain, text.length());
    out.write('"');
  }

  private void writePlain(String text, int start, int end) {
    if (start < end) {
      out.writeBytes(text.substring(start, end).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void requirePair(String text, int at) throws UnsureException {
    if (at + 1 == text.length()
        || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
      throw new UnsureException("an unpaired surrogate");
    }
  }

  private void writeEscaped(char c) {
    out.write('\\');
    switch (c) {
      case '"', '\\' -> out.write(c);
      case '\b' -> out.write('b');
      case '\t' -> out.write('t');
      case '\n' -> out.write('n');
      case '\f' -> out.write('f');
      case '\r' -> out.write('r');
      default -> {
        writeAscii("u00");
        out.write(HEX[c >> 4]);
        out.write(HEX[c & 15]);
      }
    }
  }
}
