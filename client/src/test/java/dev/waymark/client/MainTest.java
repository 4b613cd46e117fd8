package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @ParameterizedTest
  @ValueSource(strings = {"send", "rules", "demo"})
  void everyCommandTeachesWhatItDoes(String command) {
    CommandRun help = CommandRun.of(command, "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("Usage: waymark " + command, "Exit codes:", "WAYMARK_KAFKA_BOOTSTRAP_SERVERS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "list", "show", "disable", "delete"})
  void everyRulesCommandHasHelp(String command) {
    assertThat(CommandRun.of("rules", command, "--help"))
        .returns(0, CommandRun::exit)
        .extracting(CommandRun::out)
        .asString()
        .contains("Usage: waymark rules " + command);
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    CommandRun run = CommandRun.of();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand", "send", "rules", "demo");
  }
}
