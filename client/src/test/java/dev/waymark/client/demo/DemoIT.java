package dev.waymark.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.client.EventsTopic;
import dev.waymark.client.EventsTopic.Written;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoIT {
  private static final MovingClock CLOCK = new MovingClock(Instant.parse("2026-03-01T10:00:00Z"));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theRunsArriveAndTheirFaultsAreAnnounced() {
    try (EventsTopic topic = new EventsTopic()) {
      // When
      int exit =
          execute(
              "--runs", "6", "--tenant", "acme", "--bootstrap-servers", topic.bootstrapServers());

      // Then
      assertThat(exit).isZero();
      List<Written> written = topic.readAll();
      assertThat(written.stream().map(Written::key).distinct())
          .hasSize(6)
          .contains("acme/coding-agent-20260301-100000-00000");
      assertThat(written).allMatch(record -> record.value().contains("\"tenant\":\"acme\""));
      assertThat(out.toString())
          .contains("coding-agent-20260301-100000-00000 will break no-destructive-command")
          .contains("airline-desk-20260301-100000-00001 will break look-up-before-booking")
          .contains("data-analyst-20260301-100000-00002 will break query-reviewed");
      assertThat(err.toString())
          .contains(written.size() + " events, " + written.size() + " acknowledged, 0 lost");
    }
  }

  @Test
  void aRateThatIsNoneIsRefused() {
    assertThat(execute("--rate", "0")).isEqualTo(2);
    assertThat(execute("--runs", "-1")).isEqualTo(2);
    assertThat(err.toString()).contains("--rate: must be positive", "--runs: must be positive");
  }

  private int execute(String... arguments) {
    return new CommandLine(new DemoCommand(CLOCK, CLOCK::move))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
