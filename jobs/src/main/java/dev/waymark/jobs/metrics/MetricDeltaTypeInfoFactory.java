package dev.waymark.jobs.metrics;

import dev.waymark.jobs.types.ImmutableTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink how to serialize {@link MetricDelta}. */
public final class MetricDeltaTypeInfoFactory extends TypeInfoFactory<MetricDelta> {
  static final TypeInformation<MetricDelta> TYPE =
      new ImmutableTypeInfo<>(MetricDelta.class, new MetricDeltaSerializer());

  @Override
  public TypeInformation<MetricDelta> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return TYPE;
  }
}
