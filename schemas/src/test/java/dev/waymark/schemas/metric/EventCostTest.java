package dev.waymark.schemas.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Usage;
import dev.waymark.schemas.metric.EventCost.Source;
import org.junit.jupiter.api.Test;

class EventCostTest {
  private static final Usage USAGE = new Usage(1_000_000, 0, 0, 0);

  private final PriceTable prices = prices();

  @Test
  void ownCostBeatsThePriceTable() {
    assertThat(EventCost.of(0.0, USAGE, "m", 0, prices))
        .isEqualTo(new EventCost(Source.RECORDED, 0));
  }

  @Test
  void tokensArePriced() {
    assertThat(EventCost.of(null, USAGE, "m", 0, prices))
        .isEqualTo(new EventCost(Source.PRICED, 2));
  }

  @Test
  void unknownCostIsNotZero() {
    EventCost unknownModel = EventCost.of(null, USAGE, "other", 0, prices);
    EventCost noModel = EventCost.of(null, USAGE, null, 0, prices);

    assertThat(unknownModel).isEqualTo(noModel).isNotNull();
    assertThat(unknownModel.isKnown()).isFalse();
    assertThat(unknownModel.source().code()).isEqualTo("unpriced");
  }

  @Test
  void eventWithoutModelCallHasNoCost() {
    assertThat(EventCost.of(null, null, "m", 0, prices)).isNull();
  }

  private static PriceTable prices() {
    try {
      return PriceTable.parse(PriceTable.HEADER + "\nm,1970-01-01T00:00:00Z,2,,,4");
    } catch (InvalidPricesException e) {
      throw new IllegalStateException(e);
    }
  }
}
