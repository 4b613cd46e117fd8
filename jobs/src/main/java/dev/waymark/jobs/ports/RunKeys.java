package dev.waymark.jobs.ports;

/** A tenant's run as one key; events never hold a NUL, so two runs never share one. */
public final class RunKeys {
  private static final char SEPARATOR = '\0';

  private RunKeys() {}

  public static String of(String tenant, String runId) {
    return tenant + SEPARATOR + runId;
  }

  public static String tenant(String key) {
    return key.substring(0, key.indexOf(SEPARATOR));
  }

  public static String runId(String key) {
    return key.substring(key.indexOf(SEPARATOR) + 1);
  }
}
