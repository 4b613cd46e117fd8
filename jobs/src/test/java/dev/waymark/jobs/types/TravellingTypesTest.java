package dev.waymark.jobs.types;

import dev.waymark.jobs.engine.Profile;
import dev.waymark.jobs.engine.ProfileCase;
import dev.waymark.jobs.engine.WaitingGap;
import dev.waymark.jobs.metrics.MetricRow;
import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.trail.ConflictRow;
import dev.waymark.jobs.trail.RunRow;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TravellingTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        DeadLetter.class,
        RunRow.class,
        ConflictRow.class,
        MetricRow.class,
        WaitingGap.class,
        Profile.class,
        ProfileCase.class
      })
  void rowsTravelWithoutKryo(Class<?> row) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(row);
  }
}
