package dev.waymark.schemas.event;

/**
 * How much of an event is taken.
 *
 * @param maxEventBytes longest record in bytes
 * @param maxNestingDepth deepest nesting of objects and arrays
 * @param maxIdBytes longest identifier (run, agent, tenant, call, action, …) in UTF-8 bytes
 */
public record EventLimits(int maxEventBytes, int maxNestingDepth, int maxIdBytes) {
  /**
   * 1 MiB, 200 levels, 512 bytes: four ids make an index key, which PostgreSQL bounds at about
   * 2,700 bytes.
   */
  public static final EventLimits DEFAULT = new EventLimits(1 << 20, 200, 512);

  public EventLimits {
    requirePositive("maxEventBytes", maxEventBytes);
    requirePositive("maxNestingDepth", maxNestingDepth);
    requirePositive("maxIdBytes", maxIdBytes);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": must be at least 1, was " + value);
    }
  }
}
