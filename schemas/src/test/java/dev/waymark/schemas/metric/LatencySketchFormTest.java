package dev.waymark.schemas.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencySketchFormTest {
  private static final double[] QUANTILES = {0, 0.01, 0.5, 0.95, 0.99, 1};

  @Test
  void mergesBytesAsItMergesSketches() {
    // Given
    Random random = new Random(7);
    LatencySketch one = sketch(random, 1_000);
    LatencySketch other = sketch(random, 10);
    LatencySketch bytesMerged = new LatencySketch();

    // When
    bytesMerged.mergeBytes(one.toBytes());
    bytesMerged.mergeBytes(other.toBytes());
    one.merge(other);

    // Then
    assertThat(bytesMerged.count()).isEqualTo(1_010);
    assertThat(quantiles(bytesMerged)).isEqualTo(quantiles(one));
    assertThat(quantiles(LatencySketch.fromBytes(one.toBytes()))).isEqualTo(quantiles(one));
  }

  @Test
  void staysSmall() {
    assertThat(sketch(new Random(7), 50).toBytes()).hasSizeLessThan(300);
    assertThat(LatencySketch.fromBytes(new LatencySketch().toBytes()).isEmpty()).isTrue();
  }

  @Test
  void refusesWhatIsNoSketch() {
    assertThatThrownBy(() -> LatencySketch.fromBytes(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LatencySketch sketch(Random random, int count) {
    LatencySketch sketch = new LatencySketch();
    random.doubles(count, 0, 5).map(exponent -> Math.pow(10, exponent)).forEach(sketch::add);
    return sketch;
  }

  private static double[] quantiles(LatencySketch sketch) {
    return Arrays.stream(QUANTILES).map(sketch::quantile).toArray();
  }
}
