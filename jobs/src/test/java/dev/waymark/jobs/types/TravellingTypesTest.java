package dev.waymark.jobs.types;

import dev.waymark.jobs.metrics.MetricRow;
import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.trail.ConflictRow;
import dev.waymark.jobs.trail.RunRow;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TravellingTypesTest {

  @ParameterizedTest
  @ValueSource(classes = {DeadLetter.class, RunRow.class, ConflictRow.class, MetricRow.class})
  void rowsTravelWithoutKryo(Class<?> row) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(row);
  }
}
