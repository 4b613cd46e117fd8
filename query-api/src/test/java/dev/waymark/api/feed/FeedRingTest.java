package dev.waymark.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import dev.waymark.schemas.Topics;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the ring tells of once it began anew, as it does while nobody watches. */
class FeedRingTest {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS, 0);
  private static final FeedMessage.Facts FACTS =
      new FeedMessage.Facts("default", "r", "a", "reasoning", null);

  private static final FeedFilter ALL =
      new FeedFilter(
          TenantScope.all(), EnumSet.allOf(FeedKind.class), null, null, Set.of(), Set.of(), null);

  private final FeedRing ring = new FeedRing(ApiConfig.from(Map.of()));

  @Test
  void beginsAnewWhereItIsTold() {
    ring.begin(at(0));
    ring.append(message(0));

    assertThat(ring.beginAnew(at(7), () -> false)).isTrue();

    assertThat(ring.end()).hasValueSatisfying(end -> assertThat(end.next(PARTITION)).isEqualTo(7));
    assertThat(ring.numberAt(at(1))).as("what came in between is not here").isEmpty();
    assertThat(ring.numberAt(at(7))).hasValue(ring.next());
    ring.append(message(7));
    assertThat(ring.read(ring.numberAt(at(7)).orElseThrow(), ALL, 1 << 10))
        .hasValueSatisfying(batch -> assertThat(batch.messages()).hasSize(1));
  }

  @Test
  void staysAsItIsWhileSomebodyWatches() {
    ring.begin(at(0));
    ring.append(message(0));

    assertThat(ring.beginAnew(at(7), () -> true)).isFalse();

    assertThat(ring.end()).hasValueSatisfying(end -> assertThat(end.next(PARTITION)).isEqualTo(1));
    assertThat(ring.numberAt(at(0))).hasValue(0);
  }

  private static Position at(long offset) {
    return Position.none().with(PARTITION, offset);
  }

  private static FeedMessage message(long offset) {
    return FeedMessage.recorded(FeedKind.EVENT, FACTS, "{}", at(offset + 1), PARTITION, offset);
  }
}
