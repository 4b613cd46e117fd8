package dev.waymark.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.Topics;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.TopicPartition;

/** Resume ids: what is written is read, and nothing else. */
class PositionProperties {
  @Property
  void readsWhatItWrote(
      @ForAll @Size(max = 40) List<@LongRange(min = 0) Long> events,
      @ForAll @Size(max = 4) List<@LongRange(min = 0) Long> violations) {
    // Given
    Position position = Position.none();
    for (int i = 0; i < events.size(); i++) {
      position = position.with(new TopicPartition(Topics.EVENTS, i), events.get(i));
    }
    for (int i = 0; i < violations.size(); i++) {
      position = position.with(new TopicPartition(Topics.VIOLATIONS, i), violations.get(i));
    }

    // When
    Position read = Position.decode(position.encode()).orElseThrow();

    // Then
    assertThat(read.covers(position)).isTrue();
    assertThat(position.covers(read)).isTrue();
    assertThat(read.encode()).isEqualTo(position.encode());
  }

  @Property
  void neverFailsOnOtherText(@ForAll String text) {
    Position.decode(text).ifPresent(position -> assertThat(position.encode()).isEqualTo(text));
  }

  @Property
  void coversOnlyWhatIsBehindInEveryPartition(
      @ForAll @LongRange(min = 0, max = 9) long a, @ForAll @LongRange(min = 0, max = 9) long b) {
    // Given
    TopicPartition one = new TopicPartition(Topics.EVENTS, 0);
    TopicPartition other = new TopicPartition(Topics.EVENTS, 1);
    Position position = Position.none().with(one, a).with(other, b);

    // Then
    assertThat(position.with(one, a + 1).covers(position)).isTrue();
    assertThat(position.covers(position.with(other, b + 1))).isFalse();
  }
}
