package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a run that a response may still answer. A response's action is that of the latest
 * earlier request with its call id, earlier by (t, seq). Keeps the latest {@value #MAX_CALLS}.
 */
public final class OpenCalls {
  /** Most requests known a run. */
  public static final int MAX_CALLS = 1_000;

  private record Call(String callId, long timeMicros, long seq, String action) {
    boolean isBefore(long otherMicros, long otherSeq) {
      return timeMicros < otherMicros || (timeMicros == otherMicros && seq < otherSeq);
    }
  }

  private static final String NO_ACTION = "";

  private final Deque<Call> calls = new ArrayDeque<>(4);
  private long sizeBytes = 64;

  /** Remembers a request, whose action may be missing. */
  public void add(String callId, long timeMicros, long seq, @Nullable String action) {
    if (calls.size() == MAX_CALLS) {
      sizeBytes -= sizeOf(calls.removeFirst());
    }
    Call call = new Call(callId, timeMicros, seq, action == null ? NO_ACTION : action);
    calls.addLast(call);
    sizeBytes += sizeOf(call);
  }

  /** The action that a response answers; null where no earlier request is known or it had none. */
  public @Nullable String actionOf(String callId, long timeMicros, long seq) {
    Call latest = null;
    for (Call call : calls) {
      if (call.callId().equals(callId)
          && call.isBefore(timeMicros, seq)
          && (latest == null || latest.isBefore(call.timeMicros(), call.seq()))) {
        latest = call;
      }
    }
    return latest == null || latest.action().isEmpty() ? null : latest.action();
  }

  /** Estimated bytes on the heap. */
  public long sizeBytes() {
    return sizeBytes;
  }

  public void write(DataOutput out) throws IOException {
    Binary.writeSize(out, calls.size());
    for (Call call : calls) {
      Binary.writeText(out, call.callId());
      Binary.writeNumber(out, call.timeMicros());
      Binary.writeNumber(out, call.seq());
      Binary.writeText(out, call.action());
    }
  }

  public static OpenCalls read(DataInput in) throws IOException {
    OpenCalls calls = new OpenCalls();
    int size = Binary.readSize(in);
    for (int i = 0; i < size; i++) {
      calls.add(
          Binary.readText(in), Binary.readNumber(in), Binary.readNumber(in), Binary.readText(in));
    }
    return calls;
  }

  private static long sizeOf(Call call) {
    return 144L + call.callId().length() + call.action().length();
  }
}
