package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.ImmutableTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink how to serialize {@link Forwarded}. */
public final class ForwardedTypeInfoFactory extends TypeInfoFactory<Forwarded> {
  @Override
  public TypeInformation<Forwarded> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return new ImmutableTypeInfo<>(Forwarded.class, new ForwardedSerializer());
  }
}
