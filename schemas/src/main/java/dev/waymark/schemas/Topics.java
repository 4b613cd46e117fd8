package dev.waymark.schemas;

/** Names of the Kafka topics. The number is the version of the record format, not of the data. */
public final class Topics {
  /** Events and control records, keyed by {@code tenant + '/' + run}. */
  public static final String EVENTS = "waymark.events.v1";

  /** Rule versions, compacted, keyed by rule id; one partition. */
  public static final String RULES = "waymark.rules.v1";

  /** Violations as JSON, keyed by violation id. */
  public static final String VIOLATIONS = "waymark.violations.v1";

  /** Records no job could read, as they came; what is known of them is in the Kafka headers. */
  public static final String DEAD_LETTERS = "waymark.dead-letters.v1";

  /**
   * Events that the API's checks refused, personal data and secrets replaced, keyed as events are;
   * the header {@code waymark-violations} names the violations that refused them.
   */
  public static final String REFUSED_EVENTS = "waymark.refused-events.v1";

  private Topics() {}
}
