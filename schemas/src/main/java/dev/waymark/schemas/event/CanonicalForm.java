package dev.waymark.schemas.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

/**
 * Writes the RFC 8785 canonical form of an event that {@link EventJson} parsed, without parsing it
 * again. What parsing may have changed (integers beyond 64 bits became doubles) or JSON cannot hold
 * (unpaired surrogates, infinity) it leaves to the library that goes by the bytes.
 */
final class CanonicalForm {
  private static final double BEYOND_LONG = 0x1p63;
  private static final long MAX_EXACT = 1L << 53;
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder out;

  private CanonicalForm(int sizeBytes) {
    this.out = new StringBuilder(sizeBytes);
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
    form.writeRoot(event, parent, left);
    return form.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeRoot(Map<String, Object> event, String parent, String left)
      throws UnsureException {
    out.append('{');
    int written = 0;
    for (String name : sortedNames(event)) {
      Object value = event.get(name);
      writeName(name, written++);
      if (name.equals(parent) && value instanceof Map<?, ?> map) {
        writeObject(map, left);
      } else {
        writeValue(value);
      }
    }
    out.append('}');
  }

  private void writeObject(Map<?, ?> object, String left) throws UnsureException {
    out.append('{');
    int written = 0;
    for (String name : sortedNames(object)) {
      if (!name.equals(left)) {
        writeName(name, written++);
        writeValue(object.get(name));
      }
    }
    out.append('}');
  }

  /** By UTF-16 units, as texts compare; whatever {@link EventJson} makes has texts as names. */
  private static String[] sortedNames(Map<?, ?> object) {
    String[] names = object.keySet().toArray(String[]::new);
    Arrays.sort(names);
    return names;
  }

  private void writeName(String name, int before) throws UnsureException {
    if (before > 0) {
      out.append(',');
    }
    writeText(name);
    out.append(':');
  }

  private void writeValue(@Nullable Object value) throws UnsureException {
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
      out.append(value instanceof Boolean ? value : "null");
    }
  }

  private void writeList(List<?> list) throws UnsureException {
    out.append('[');
    int written = 0;
    for (Object value : list) {
      if (written++ > 0) {
        out.append(',');
      }
      writeValue(value);
    }
    out.append(']');
  }

  private void writeInteger(long number) throws UnsureException {
    if (Math.abs(number) > MAX_EXACT) {
      throw new UnsureException("an integer beyond 2^53");
    }
    out.append(number);
  }

  private void writeDouble(double number) throws UnsureException {
    if (!(Math.abs(number) < BEYOND_LONG)) {
      throw new UnsureException("a number beyond 64 bits");
    }
    try {
      out.append(NumberToJSON.serializeNumber(number));
    } catch (IOException e) {
      throw new UnsureException("a number without a form");
    }
  }

  private void writeText(String text) throws UnsureException {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(text, plain, i);
        writeEscaped(c);
        plain = i + 1;
      } else if (Character.isSurrogate(c)) {
        requirePair(text, i++);
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static void requirePair(String text, int at) throws UnsureException {
    if (at + 1 == text.length()
        || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
      throw new UnsureException("an unpaired surrogate");
    }
  }

  private void writeEscaped(char c) {
    out.append('\\');
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      default -> out.append("u00").append(HEX.toHexDigits((byte) c));
    }
  }
}
