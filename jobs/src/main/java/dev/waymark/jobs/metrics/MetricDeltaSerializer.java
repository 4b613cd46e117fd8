package dev.waymark.jobs.metrics;

import dev.waymark.jobs.types.Binary;
import dev.waymark.jobs.types.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link MetricDelta}. */
public final class MetricDeltaSerializer extends ImmutableSerializer<MetricDelta> {
  private static final int VERSION = 1;

  public MetricDeltaSerializer() {
    this(VERSION);
  }

  private MetricDeltaSerializer(int version) {
    super(version);
  }

  @Override
  protected ImmutableSerializer<MetricDelta> atVersion(int formVersion) {
    return new MetricDeltaSerializer(formVersion);
  }

  @Override
  protected void write(MetricDelta delta, DataOutputView out) throws IOException {
    Binary.writeText(out, delta.key());
    Binary.writeNumber(out, delta.bucketMs());
    delta.totals().write(out);
  }

  @Override
  protected MetricDelta read(DataInputView in, int formVersion) throws IOException {
    return new MetricDelta(Binary.readText(in), Binary.readNumber(in), Totals.read(in));
  }
}
