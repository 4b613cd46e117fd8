package dev.waymark.jobs.metrics;

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
 * What metrics know of a run.
 *
 * @param unanswered responses whose action is not known, until time has passed them: then no
 *     request before them is to come
 */
record MetricsRun(
    RunIdentities identities, OpenCalls calls, RunClock clock, List<Measurement> unanswered) {

  static MetricsRun begin() {
    return new MetricsRun(new RunIdentities(), new OpenCalls(), new RunClock(), new ArrayList<>(0));
  }

  /** Its binary form. */
  static final class Form implements WriteBackCache.Codec<MetricsRun> {
    private static final int VERSION = 1;
    private static final int FIRST_BYTES = 256;
    private static final int OBJECTS_BYTES = 120;
    private static final int MEASUREMENT_BYTES = 600;

    private final MeasurementSerializer measurements = new MeasurementSerializer();

    @Override
    public byte[] encode(MetricsRun run) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
      out.writeByte(VERSION);
      run.identities().write(out);
      run.calls().write(out);
      run.clock().write(out);
      Binary.writeSize(out, run.unanswered().size());
      for (Measurement measurement : run.unanswered()) {
        measurements.serialize(measurement, out);
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public MetricsRun decode(byte[] bytes) throws IOException {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("a run's state has version " + version + ", known is " + VERSION);
      }
      MetricsRun run =
          new MetricsRun(
              RunIdentities.read(in), OpenCalls.read(in), RunClock.read(in), new ArrayList<>(0));
      for (int left = Binary.readSize(in); left > 0; left--) {
        run.unanswered().add(measurements.deserialize(in));
      }
      return run;
    }

    @Override
    public long sizeBytes(MetricsRun run) {
      return OBJECTS_BYTES
          + run.identities().sizeBytes()
          + run.calls().sizeBytes()
          + (long) MEASUREMENT_BYTES * run.unanswered().size();
    }
  }
}
