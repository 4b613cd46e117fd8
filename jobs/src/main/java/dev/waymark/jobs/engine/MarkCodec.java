package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A {@link Mark} as bytes, told relative to its case's first event. */
public final class MarkCodec {
  private static final int HAS_AGENT = 1;
  private static final int HAS_IDENTITY = 2;
  private static final int HAS_CORRELATION = 4;
  private static final int OTHER_RUN = 8;

  private MarkCodec() {}

  public static void write(Mark mark, Mark first, DataOutput out) throws IOException {
    boolean otherRun = !mark.runId().equals(first.runId());
    int flags =
        (mark.agent() != null ? HAS_AGENT : 0)
            | (mark.identity() != null ? HAS_IDENTITY : 0)
            | (mark.correlation() != null ? HAS_CORRELATION : 0)
            | (otherRun ? OTHER_RUN : 0);
    out.writeByte(flags);
    Binary.writeNumber(out, mark.position());
    Binary.writeNumber(out, mark.timeMicros() - first.timeMicros());
    Binary.writeNumber(out, mark.seq());
    Binary.writeNumber(out, mark.progress());
    writeIf(out, otherRun, mark.runId());
    writeIf(out, mark.agent() != null, mark.agent());
    writeIf(out, mark.identity() != null, mark.identity());
    writeIf(out, mark.correlation() != null, mark.correlation());
  }

  /**
   * @param firstRun the run of the case's first event
   * @param firstMicros the time of the case's first event
   */
  public static Mark read(DataInput in, String firstRun, long firstMicros) throws IOException {
    int flags = in.readByte();
    long position = Binary.readNumber(in);
    long timeMicros = Binary.readNumber(in) + firstMicros;
    long seq = Binary.readNumber(in);
    long progress = Binary.readNumber(in);
    String run = (flags & OTHER_RUN) != 0 ? Binary.readText(in) : firstRun;
    String agent = (flags & HAS_AGENT) != 0 ? Binary.readText(in) : null;
    String identity = (flags & HAS_IDENTITY) != 0 ? Binary.readText(in) : null;
    String correlation = (flags & HAS_CORRELATION) != 0 ? Binary.readText(in) : null;
    return new Mark(position, timeMicros, run, seq, agent, identity, correlation, progress);
  }

  private static void writeIf(DataOutput out, boolean wanted, @Nullable String text)
      throws IOException {
    if (wanted && text != null) {
      Binary.writeText(out, text);
    }
  }
}
