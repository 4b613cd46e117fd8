package dev.waymark.schemas.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencySketchTest {

  @Test
  void quantilesOfMergedPartsAreThoseOfTheWhole() {
    // Given 5,000 latencies over six orders of magnitude, in seven parts
    Random random = new Random(11);
    List<Double> latencies = new ArrayList<>();
    List<LatencySketch> parts = new ArrayList<>();
    for (int part = 0; part < 7; part++) {
      parts.add(new LatencySketch());
    }
    for (int i = 0; i < 5_000; i++) {
      double latencyMs = Math.pow(10, random.nextDouble() * 6 - 1);
      latencies.add(latencyMs);
      parts.get(i % 7).add(latencyMs);
    }
    Collections.sort(latencies);

    // When
    LatencySketch whole = new LatencySketch();
    parts.forEach(part -> whole.merge(LatencySketch.fromBytes(part.toBytes())));

    // Then
    assertThat(whole.count()).isEqualTo(latencies.size());
    for (double quantile : new double[] {0, 0.01, 0.5, 0.95, 0.99, 1}) {
      double exact = latencies.get((int) Math.floor(quantile * (latencies.size() - 1)));
      assertThat(whole.quantile(quantile)).isCloseTo(exact, within(exact * 0.01));
    }
  }

  @Test
  void bytesDoNotDependOnTheOrder() {
    LatencySketch one = new LatencySketch();
    LatencySketch other = new LatencySketch();
    for (int i = 1; i <= 1_000; i++) {
      one.add(i);
      other.add(1_001 - i);
    }

    assertThat(one.toBytes()).isEqualTo(other.toBytes());
  }

  @Test
  void absurdLatenciesNeitherFailNorGrowIt() {
    LatencySketch sketch = new LatencySketch();
    sketch.add(Double.MAX_VALUE);
    sketch.add(Double.MIN_VALUE);
    sketch.add(0);

    assertThat(sketch.quantile(0)).isZero();
    assertThat(sketch.quantile(1)).isCloseTo(1e10, within(1e8));
    assertThat(sketch.toBytes()).hasSizeLessThan(100);
  }

  @Test
  void refusesOtherBytes() {
    assertThatThrownBy(() -> LatencySketch.fromBytes(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
