package dev.waymark.api.store;

import dev.waymark.schemas.event.Times;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page of a list ended: the values of the list's order in its last item. Opaque to callers;
 * a cursor of another list, or one that was tampered with, is refused. It grants nothing: filters
 * and tenants are applied anew to every page.
 */
public final class Cursor {
  private static final int MAX_LENGTH = 8_192;
  private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final Kind list;
  private final List<Object> keys;

  private Cursor(Kind list, List<Object> keys) {
    this.list = list;
    this.keys = keys;
  }

  /** The lists that have cursors, and of what type the values of their order are. */
  public enum Kind {
    RUNS('r', "TSS"),
    TRAIL('t', "TLS"),
    VIOLATIONS('v', "TS"),
    CONFORMANCE('o', "SLS"),
    RULES('u', "SLS"),
    CONFLICTS('c', "TSSLL"),
    DEAD_LETTERS('d', "TSLLS"),
    REFUSED_EVENTS('f', "TSSSS"),
    BACKTESTS('b', "TS"),
    BACKTEST_VIOLATIONS('w', "TS"),
    DECISIONS('e', "TSSLS"),
    DECISION_SESSIONS('s', "TSS"),
    TENANTS('n', "S"),
    ACCOUNTS('a', "TS"),
    KEYS('k', "TS"),
    SIGNING_KEYS('h', "SS"),
    ACCESS_LOG('g', "TL"),
    AGENTS('i', "SS"),
    SEARCH('q', "TSSTLS");

    /** What a cursor of the list begins with. */
    private final char tag;

    /** One letter a value: T an instant, L a number, S a text. */
    private final String types;

    Kind(char tag, String types) {
      this.tag = tag;
      this.types = types;
    }
  }

  /** Values are {@link Instant}, {@link Long} and {@link String}, in the list's order. */
  static Cursor of(Kind list, Object... keys) {
    return new Cursor(list, List.of(keys));
  }

  /** Reads what {@link #encode} wrote; empty for anything else. */
  public static Optional<Cursor> decode(Kind list, String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
      if (in.readByte() != list.tag) {
        return Optional.empty();
      }
      List<Object> keys = new ArrayList<>();
      for (char type : list.types.toCharArray()) {
        keys.add(read(in, type));
      }
      boolean isWhole = in.available() == 0 && keys.stream().noneMatch(Cursor::isUnstorable);
      return isWhole ? Optional.of(new Cursor(list, keys)) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // Whatever it was, it is not one of ours.
      return Optional.empty();
    }
  }

  /** URL-safe text. */
  String encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(list.tag);
      for (Object key : keys) {
        write(out, key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  Object key(int index) {
    return keys.get(index);
  }

  private static Object read(DataInputStream in, char type) throws IOException {
    return switch (type) {
      case 'T' -> Times.instant(in.readLong());
      case 'L' -> in.readLong();
      default -> in.readUTF();
    };
  }

  private static void write(DataOutputStream out, Object key) throws IOException {
    if (key instanceof Instant instant) {
      out.writeLong(Times.micros(instant));
    } else if (key instanceof Long number) {
      out.writeLong(number);
    } else {
      out.writeUTF((String) key);
    }
  }

  /** PostgreSQL takes no NUL in a text and no time beyond its calendar. */
  private static boolean isUnstorable(Object key) {
    return (key instanceof String text && text.indexOf('\0') >= 0)
        || (key instanceof Instant time && (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)));
  }
}
