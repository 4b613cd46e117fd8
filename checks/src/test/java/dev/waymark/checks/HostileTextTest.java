package dev.waymark.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.checks.tenant.KeySource;
import dev.waymark.checks.tenant.TenantsParser;
import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.Events;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text that makes backtracking and nested scans quadratic or worse: eight times as long it takes
 * about eight times as long, while quadratic would be 64 times.
 */
class HostileTextTest {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int LENGTH = 64_000;
  private static final int TIMES = 8;

  /** Half way to quadratic, in logarithms: a busy machine may double a time, not triple it. */
  private static final double MOST = 24;

  /** What is quicker says more of the clock than of the text. */
  private static final double MIN_NS = 1_000_000;

  static List<String> units() {
    return List.of(
        "a",
        "@",
        "a@",
        "a@b.",
        "1",
        "1 ",
        "1-",
        "4111 ",
        "(",
        "+1 ",
        "+1 202 555 01 ",
        "::",
        "1:",
        "1.",
        "AB12",
        "AB 12 ",
        "<<",
        "P<",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "://a:",
        "eyJ.",
        "password=",
        "'",
        "' or ",
        "' or 1=1",
        "/*",
        "union ",
        ";",
        "; drop ",
        "$(",
        "`",
        "../",
        "curl x ",
        "ignore ",
        "ignore all ",
        "not tell ",
        "before task ",
        "act ",
        "<|",
        "[",
        "rue A ",
        "1 A ",
        "12 Main ",
        "Mr. ",
        "John ",
        "John-",
        "my name is ",
        "born 1/",
        "\\",
        "\"",
        "\u200B",
        "\uDB40\uDC41",
        "é",
        "passport ",
        "# ",
        "\n",
        "sleep(1) ",
        "base64 -d ");
  }

  @ParameterizedTest
  @MethodSource("units")
  void takesTimeThatGrowsWithTheTextAlone(String unit) throws Exception {
    Checks checks =
        new Checks(
            TenantsParser.parse("version: 1\ntenants: [ { id: \"*\" } ]", KeySource.of(Map.of())));
    Event small = event(unit, LENGTH / TIMES);
    Event large = event(unit, LENGTH);

    double smallNs = Math.max(MIN_NS, time(checks, small));
    double largeNs = time(checks, large);

    assertThat(largeNs / smallNs)
        .as("%.1f ms, times as long as the eighth", largeNs / 1e6)
        .isLessThan(MOST);
  }

  /** In every place at once: input, output and prose are looked at by different checks. */
  private static Event event(String unit, int length) {
    return Events.request("x")
        .actor("user")
        .payload("text", unit.repeat(length / unit.length()))
        .build();
  }

  /** The least of three, in ns of this thread, since the machine may be busy with others. */
  private static long time(Checks checks, Event event) {
    long[] times = new long[3];
    for (int i = 0; i < times.length; i++) {
      long begin = CPU.getCurrentThreadCpuTime();
      checks.apply(event);
      times[i] = CPU.getCurrentThreadCpuTime() - begin;
    }
    return Arrays.stream(times).min().orElseThrow();
  }
}
