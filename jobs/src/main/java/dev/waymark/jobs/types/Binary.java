package dev.waymark.jobs.types;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The small parts of all binary forms: numbers of few bytes where they are small, text as UTF-8.
 */
public final class Binary {
  private static final byte[] EMPTY = new byte[0];

  private Binary() {}

  /** A number of at least 0: 7 bits a byte, the lowest first. */
  public static void writeSize(DataOutput out, int size) throws IOException {
    int rest = size;
    while ((rest & ~0x7F) != 0) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  public static int readSize(DataInput in) throws IOException {
    int size = 0;
    int shift = 0;
    byte part;
    do {
      part = in.readByte();
      size |= (part & 0x7F) << shift;
      shift += 7;
    } while (part < 0);
    return size;
  }

  /** Any number; those near 0 take a byte. */
  public static void writeNumber(DataOutput out, long number) throws IOException {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long readNumber(DataInput in) throws IOException {
    long rest = 0;
    int shift = 0;
    byte part;
    do {
      part = in.readByte();
      rest |= (long) (part & 0x7F) << shift;
      shift += 7;
    } while (part < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }

  public static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
    writeSize(out, bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  public static byte[] readBytes(DataInput in) throws IOException {
    int size = readSize(in);
    if (size == 0) {
      return EMPTY;
    }
    byte[] bytes = new byte[size];
    in.readFully(bytes);
    return bytes;
  }

  public static void writeText(DataOutput out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  public static String readText(DataInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  /** Text of which few values occur, so that it need not be a new String each time. */
  public static String readCommonText(DataInput in) throws IOException {
    return CommonTexts.of(readBytes(in));
  }

  public static void writeOptionalText(DataOutput out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      writeText(out, text);
    }
  }

  public static @Nullable String readOptionalText(DataInput in) throws IOException {
    return in.readBoolean() ? readText(in) : null;
  }
}
