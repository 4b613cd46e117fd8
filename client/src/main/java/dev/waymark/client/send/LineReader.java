package dev.waymark.client.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of bytes, as they are but for the line end: LF or CR LF. Holds at most one line in memory,
 * and of a line longer than the limit nothing.
 */
final class LineReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /** What was read: a line, one that is too long, or the end. */
  record Read(byte @Nullable [] line, boolean isEnd) {
    private static final Read TOO_LONG = new Read(null, false);
    private static final Read END = new Read(null, true);
  }

  Read next() throws IOException {
    ByteArrayOutputStream beginning = null;
    boolean tooLong = false;
    while (from < to || fill()) {
      int end = indexOfLineFeed();
      int length = end - from;
      boolean complete = end < to;
      int before = beginning == null ? 0 : beginning.size();
      // One more for the CR of a line end.
      tooLong |= before + length > maxLineBytes + 1;
      if (complete) {
        Read read = tooLong ? Read.TOO_LONG : line(beginning, from, end);
        from = end + 1;
        return read;
      }
      beginning = tooLong ? null : append(beginning, length);
      from = to;
    }
    if (tooLong) {
      return Read.TOO_LONG;
    }
    return beginning == null ? Read.END : line(beginning, 0, 0);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Read line(@Nullable ByteArrayOutputStream beginning, int start, int end) {
    byte[] line;
    if (beginning == null) {
      line = Arrays.copyOfRange(buffer, start, end);
    } else {
      beginning.write(buffer, start, end - start);
      line = beginning.toByteArray();
    }
    int length = line.length;
    if (length > 0 && line[length - 1] == '\r') {
      line = Arrays.copyOf(line, length - 1);
    }
    return line.length > maxLineBytes ? Read.TOO_LONG : new Read(line, false);
  }

  private ByteArrayOutputStream append(@Nullable ByteArrayOutputStream beginning, int length) {
    ByteArrayOutputStream grown =
        beginning == null ? new ByteArrayOutputStream(2 * BUFFER_BYTES) : beginning;
    grown.write(buffer, from, length);
    return grown;
  }

  private int indexOfLineFeed() {
    int i = from;
    while (i < to && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }
}
