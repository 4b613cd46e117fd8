package dev.waymark.jobs.trail;

import dev.waymark.jobs.types.ImmutableTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink how to serialize {@link EventRow}. */
public final class EventRowTypeInfoFactory extends TypeInfoFactory<EventRow> {
  static final TypeInformation<EventRow> TYPE =
      new ImmutableTypeInfo<>(EventRow.class, new EventRowSerializer());

  @Override
  public TypeInformation<EventRow> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return TYPE;
  }
}
