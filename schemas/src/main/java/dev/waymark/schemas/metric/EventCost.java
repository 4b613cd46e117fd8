package dev.waymark.schemas.metric;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Usage;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the model call that an event stands for cost.
 *
 * @param source where the amount is from
 * @param usd 0 where it is unknown; never take that for a cost of nothing
 */
public record EventCost(Source source, double usd) {
  /** Where a cost is from. */
  public enum Source {
    /** The event's own {@code cost_usd}. */
    RECORDED,
    /** Its tokens times the price in force at its time. */
    PRICED,
    /** Nobody says. */
    UNPRICED;

    /** As it stands in table {@code events}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final EventCost UNKNOWN = new EventCost(Source.UNPRICED, 0);

  /** The cost of an event; null where it stands for no model call. */
  public static @Nullable EventCost of(Event event, PriceTable prices) {
    return of(event.costUsd(), event.usage(), event.model(), event.timeMicros(), prices);
  }

  /** The same from the fields that matter. */
  public static @Nullable EventCost of(
      @Nullable Double costUsd,
      @Nullable Usage usage,
      @Nullable String model,
      long timeMicros,
      PriceTable prices) {
    if (costUsd != null) {
      return new EventCost(Source.RECORDED, costUsd);
    }
    if (usage == null) {
      return null;
    }
    Optional<Price> price = model == null ? Optional.empty() : prices.at(model, timeMicros);
    return price.map(p -> new EventCost(Source.PRICED, p.costUsd(usage))).orElse(UNKNOWN);
  }

  public boolean isKnown() {
    return source != Source.UNPRICED;
  }
}
