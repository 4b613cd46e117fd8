package dev.waymark.jobs.ports;

import dev.waymark.jobs.types.ImmutableTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink how to serialize {@link Incoming}. */
public final class IncomingTypeInfoFactory extends TypeInfoFactory<Incoming> {
  /** For operators that name the type themselves. */
  public static final TypeInformation<Incoming> TYPE =
      new ImmutableTypeInfo<>(Incoming.class, new IncomingSerializer());

  @Override
  public TypeInformation<Incoming> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return TYPE;
  }
}
