package dev.waymark.jobs.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A hand-written binary form of an immutable type: copying is free, and state of an older version
 * of the form is read and migrated. Subclasses are public, stateless, and have a public constructor
 * without arguments for the current version.
 */
public abstract class ImmutableSerializer<T> extends TypeSerializer<T> {
  private final int version;

  /**
   * @param version the form that {@link #read} meets
   */
  protected ImmutableSerializer(int version) {
    this.version = version;
  }

  /** The same serializer for bytes of another version. */
  protected abstract ImmutableSerializer<T> atVersion(int formVersion);

  /** Writes the current form. */
  protected abstract void write(T value, DataOutputView out) throws IOException;

  /** Reads the form of {@code formVersion}. */
  protected abstract T read(DataInputView in, int formVersion) throws IOException;

  public final int version() {
    return version;
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  /** There is no empty value of an immutable type; Flink asks only to fill it later. */
  @Override
  @SuppressWarnings("NullAway") // Flink's contract for types without an empty value
  public final T createInstance() {
    return null;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    write(value, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    return read(in, version);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return read(in, version);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    write(read(in, version), out);
  }

  @Override
  public final TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new ImmutableSerializerSnapshot<>(this);
  }

  /** Serializers are equal when they are of one class, whichever that is. */
  @Override
  @SuppressWarnings("EqualsGetClass")
  public final boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((ImmutableSerializer<?>) other).version == version;
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode() * 31 + version;
  }
}
