package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.schemas.rule.Correlation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values by which activations and targets of a rule find each other. */
public final class Correlator {
  static final String SEPARATOR = "\u0001";

  private final List<Correlation> correlations;

  public Correlator(List<Correlation> correlations) {
    this.correlations = correlations;
  }

  /** The activation's values; null where a field is missing. */
  public @Nullable String ofActivation(EventView event) {
    return values(event, true);
  }

  /** The target's values; null where a field is missing. */
  public @Nullable String ofTarget(EventView event) {
    return values(event, false);
  }

  private @Nullable String values(EventView event, boolean activation) {
    if (correlations.isEmpty()) {
      return Mark.UNCORRELATED;
    }
    StringBuilder values = new StringBuilder();
    for (Correlation correlation : correlations) {
      String value =
          value(
              event,
              correlation,
              activation ? correlation.activationPath() : correlation.targetPath());
      if (value == null) {
        return null;
      }
      values.append(values.isEmpty() ? "" : SEPARATOR).append(value);
    }
    return values.toString();
  }

  /** An id on either side makes both compare as text. */
  private static @Nullable String value(EventView event, Correlation correlation, String path) {
    boolean asText =
        EventView.isIdPath(correlation.activationPath())
            || EventView.isIdPath(correlation.targetPath());
    return asText ? event.idText(path) : event.comparable(path);
  }
}
