package dev.waymark.checks.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts {@code [EMAIL]} and the like in the place of spans of an event's texts; every other byte of
 * the record stays as it came. The result depends on the record and the spans alone, so a retry
 * yields the same bytes. One instance an event.
 */
public final class Redaction {
  private final byte[] raw;
  private final Map<Passage, List<Span>> spans = new LinkedHashMap<>();
  private final ByteArrayOutputStream out;
  private int copied;
  private int names;

  public Redaction(byte[] raw) {
    this.raw = raw;
    this.out = new ByteArrayOutputStream(raw.length);
  }

  public void add(Passage passage, Span span) {
    spans.computeIfAbsent(passage, key -> new ArrayList<>()).add(span);
  }

  /** The record's bytes with all spans replaced; the very same array where there are none. */
  public byte[] apply() {
    if (spans.isEmpty()) {
      return raw;
    }
    spans.keySet().stream()
        .sorted(Comparator.comparingInt(Passage::rawStart))
        .forEach(passage -> replace(passage, merged(spans.getOrDefault(passage, List.of()))));
    out.write(raw, copied, raw.length - copied);
    return out.toByteArray();
  }

  /** Without overlaps: what begins first gives the name, what ends last the end. */
  static List<Span> merged(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingInt(Span::start).thenComparing(span -> -span.end()));
    List<Span> merged = new ArrayList<>();
    for (Span span : sorted) {
      Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && last.overlaps(span)) {
        int end = Math.max(last.end(), span.end());
        merged.set(merged.size() - 1, new Span(last.kind(), last.start(), end));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  private void replace(Passage passage, List<Span> parts) {
    if (passage.form() == Passage.Form.NUMBER) {
      copyUntil(passage.rawStart());
      write('"' + placeholder(parts.get(0), passage) + '"');
      copied = passage.rawStart() + passage.text().length();
      return;
    }
    RawText position = new RawText(raw, passage.rawStart() + 1);
    for (Span part : parts) {
      copyUntil(position.byteOf(part.start()));
      write(placeholder(part, passage));
      copied = position.byteOf(part.end());
    }
  }

  /** Two names of one object must not become the same. */
  private String placeholder(Span span, Passage passage) {
    String kind = span.kind().toUpperCase(Locale.ROOT);
    return passage.form() == Passage.Form.NAME
        ? "[" + kind + " " + ++names + "]"
        : "[" + kind + "]";
  }

  private void copyUntil(int end) {
    out.write(raw, copied, end - copied);
  }

  private void write(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** Walks along a JSON string to where a character of its text lies in the bytes. */
  private static final class RawText {
    private final byte[] raw;
    private int at;
    private int unit;

    RawText(byte[] raw, int firstByte) {
      this.raw = raw;
      this.at = firstByte;
    }

    /** Of a UTF-16 unit not before the one asked for last. */
    int byteOf(int wanted) {
      while (unit < wanted) {
        step();
      }
      return at;
    }

    private void step() {
      int b = raw[at] & 0xFF;
      if (b == '\\') {
        at += raw[at + 1] == 'u' ? 6 : 2;
        unit++;
      } else {
        at += b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
        unit += b < 0xF0 ? 1 : 2;
      }
    }
  }
}
