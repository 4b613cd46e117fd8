package dev.waymark.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SegmentProperties {
  private static final Instant START = Instant.parse("2024-12-30T00:00:00Z");

  @Property
  void coversARangeWithoutGapOrOverlapFromAtMostFiveParts(
      @ForAll @LongRange(min = 0, max = 5_000) long fromMinute,
      @ForAll @LongRange(min = 0, max = 100_000) long minutes) {
    // Given
    Instant from = START.plusSeconds(60 * fromMinute);
    Instant to = from.plusSeconds(60 * minutes);

    // When
    List<Segment> segments = Segment.cover(from, to);

    // Then
    Instant reached = from;
    for (Segment segment : segments) {
      assertThat(segment.from()).isEqualTo(reached).isBefore(segment.to());
      assertThat(segment.granularity().floor(segment.from())).isEqualTo(segment.from());
      assertThat(segment.granularity().floor(segment.to())).isEqualTo(segment.to());
      reached = segment.to();
    }
    assertThat(reached).isEqualTo(to);
    assertThat(segments).hasSizeLessThanOrEqualTo(5);
  }

  @Property
  void readsFewWindows(
      @ForAll @LongRange(min = 0, max = 5_000) long fromMinute,
      @ForAll @LongRange(min = 0, max = 100_000) long minutes) {
    // When
    Instant from = START.plusSeconds(60 * fromMinute);
    List<Segment> segments = Segment.cover(from, from.plusSeconds(60 * minutes));

    // Then: at most 59 minutes and 23 hours at either edge
    long windows =
        segments.stream()
            .filter(segment -> segment.granularity() != Granularity.DAY)
            .mapToLong(
                segment ->
                    (segment.to().getEpochSecond() - segment.from().getEpochSecond())
                        / segment.granularity().seconds())
            .sum();
    assertThat(windows).isLessThanOrEqualTo(2 * (59 + 23));
  }
}
