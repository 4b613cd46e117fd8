package dev.waymark.jobs.metrics;

import dev.waymark.jobs.types.ImmutableTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink how to serialize {@link Measurement}. */
public final class MeasurementTypeInfoFactory extends TypeInfoFactory<Measurement> {
  static final TypeInformation<Measurement> TYPE =
      new ImmutableTypeInfo<>(Measurement.class, new MeasurementSerializer());

  @Override
  public TypeInformation<Measurement> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return TYPE;
  }
}
