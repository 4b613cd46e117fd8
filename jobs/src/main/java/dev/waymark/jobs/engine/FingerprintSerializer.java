package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link Fingerprint}: its 16 bytes. */
public final class FingerprintSerializer extends ImmutableSerializer<Fingerprint> {
  private static final int VERSION = 1;

  public FingerprintSerializer() {
    this(VERSION);
  }

  private FingerprintSerializer(int version) {
    super(version);
  }

  @Override
  protected ImmutableSerializer<Fingerprint> atVersion(int formVersion) {
    return new FingerprintSerializer(formVersion);
  }

  @Override
  protected void write(Fingerprint value, DataOutputView out) throws IOException {
    out.writeLong(value.high());
    out.writeLong(value.low());
  }

  @Override
  protected Fingerprint read(DataInputView in, int formVersion) throws IOException {
    return new Fingerprint(in.readLong(), in.readLong());
  }
}
