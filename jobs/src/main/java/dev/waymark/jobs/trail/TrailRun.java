package dev.waymark.jobs.trail;

import dev.waymark.jobs.engine.OpenCalls;
import dev.waymark.jobs.engine.RunClock;
import dev.waymark.jobs.engine.RunIdentities;
import dev.waymark.jobs.engine.WriteBackCache;
import dev.waymark.jobs.types.Binary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What the trail knows of a run.
 *
 * @param isCold its first event known came behind the horizon
 * @param unanswered responses whose request has not come yet, to be written again when it does
 */
record TrailRun(
    boolean isCold,
    RunIdentities identities,
    OpenCalls calls,
    RunSummary summary,
    RunClock clock,
    List<EventRow> unanswered) {

  static TrailRun begin(boolean isCold) {
    return new TrailRun(
        isCold,
        new RunIdentities(),
        new OpenCalls(),
        new RunSummary(),
        new RunClock(),
        new ArrayList<>(0));
  }

  /** Its binary form. */
  static final class Form implements WriteBackCache.Codec<TrailRun> {
    private static final int VERSION = 1;
    private static final int FIRST_BYTES = 512;
    private static final int OBJECTS_BYTES = 160;
    private static final int ROW_BYTES = 600;

    private final EventRowSerializer rows = new EventRowSerializer();

    @Override
    public byte[] encode(TrailRun run) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
      out.writeByte(VERSION);
      out.writeBoolean(run.isCold());
      run.identities().write(out);
      run.calls().write(out);
      run.summary().write(out);
      run.clock().write(out);
      Binary.writeSize(out, run.unanswered().size());
      for (EventRow row : run.unanswered()) {
        rows.serialize(row, out);
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public TrailRun decode(byte[] bytes) throws IOException {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("a run's state has version " + version + ", known is " + VERSION);
      }
      TrailRun run =
          new TrailRun(
              in.readBoolean(),
              RunIdentities.read(in),
              OpenCalls.read(in),
              RunSummary.read(in),
              RunClock.read(in),
              new ArrayList<>(0));
      for (int left = Binary.readSize(in); left > 0; left--) {
        run.unanswered().add(rows.deserialize(in));
      }
      return run;
    }

    @Override
    public long sizeBytes(TrailRun run) {
      long bytes =
          OBJECTS_BYTES
              + run.identities().sizeBytes()
              + run.calls().sizeBytes()
              + run.summary().sizeBytes();
      for (EventRow row : run.unanswered()) {
        bytes += ROW_BYTES + row.incoming().event().raw().length;
      }
      return bytes;
    }
  }
}
