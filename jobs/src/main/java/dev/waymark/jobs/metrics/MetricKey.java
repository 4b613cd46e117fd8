package dev.waymark.jobs.metrics;

/**
 * Whose metrics they are.
 *
 * @param model empty where the events name none
 * @param action empty where the events name none
 */
public record MetricKey(String tenant, String agentId, String model, String action) {
  private static final char SEPARATOR = '\0';

  /** The key as one text; events never hold a NUL, so two keys never share one. */
  String asText() {
    return tenant + SEPARATOR + agentId + SEPARATOR + model + SEPARATOR + action;
  }

  static MetricKey ofText(String text) {
    int first = text.indexOf(SEPARATOR);
    int second = text.indexOf(SEPARATOR, first + 1);
    int third = text.indexOf(SEPARATOR, second + 1);
    return new MetricKey(
        text.substring(0, first),
        text.substring(first + 1, second),
        text.substring(second + 1, third),
        text.substring(third + 1));
  }
}
