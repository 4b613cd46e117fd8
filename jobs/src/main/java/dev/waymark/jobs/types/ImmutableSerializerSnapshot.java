package dev.waymark.jobs.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint keeps of an {@link ImmutableSerializer}: its class and the version of its form.
 */
public final class ImmutableSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int SNAPSHOT_VERSION = 1;

  private @Nullable ImmutableSerializer<T> serializer;

  /** For Flink, which fills it with {@link #readSnapshot}. */
  public ImmutableSerializerSnapshot() {}

  ImmutableSerializerSnapshot(ImmutableSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public int getCurrentVersion() {
    return SNAPSHOT_VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(serializer().getClass().getName());
    out.writeInt(serializer().version());
  }

  @Override
  @SuppressWarnings("unchecked") // the class is the one that was written
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
      throws IOException {
    Class<? extends ImmutableSerializer<T>> type =
        (Class<? extends ImmutableSerializer<T>>)
            (Class<?>)
                InstantiationUtil.resolveClassByName(in, classLoader, ImmutableSerializer.class);
    serializer = InstantiationUtil.instantiate(type).atVersion(in.readInt());
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return serializer();
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    if (!(old instanceof ImmutableSerializerSnapshot<T> before)
        || before.serializer().getClass() != serializer().getClass()
        || before.serializer().version() > serializer().version()) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    return before.serializer().version() == serializer().version()
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
  }

  private ImmutableSerializer<T> serializer() {
    if (serializer == null) {
      throw new IllegalStateException("the snapshot was neither made nor read");
    }
    return serializer;
  }
}
