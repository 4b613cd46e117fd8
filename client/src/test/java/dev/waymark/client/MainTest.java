package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  @ValueSource(strings = {"apply", "check", "list", "show", "disable", "delete"})
  void everyRulesCommandHasHelp(String command) {
    assertThat(CommandRun.of("rules", command, "--help"))
        .returns(0, CommandRun::exit)
        .extracting(CommandRun::out)
        .asString()
        .contains("Usage: waymark rules " + command);
  }

  @Test
  void everyCommandTellsTheVersion() {
    assertThat(CommandRun.of("--version").out()).startsWith("waymark ");
    assertThat(CommandRun.of("rules", "list", "-V").out()).startsWith("waymark ");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    CommandRun run = CommandRun.of();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand", "send", "rules", "demo");
  }

  @Test
  void filesCanBeCheckedWithoutAServer(@TempDir Path directory) throws IOException {
    // Given
    String rules = Repository.file("flink-conf/rules.yaml").toString();
    String prices = Repository.file("flink-conf/prices.csv").toString();
    String badRules = write(directory.resolve("rules.yaml"), "version: 2\nrules: []\n");
    String badPrices = write(directory.resolve("prices.csv"), "model,price\n");

    // When
    CommandRun good = CommandRun.of("rules", "check", "-f", rules, "--prices", prices);
    CommandRun bad = CommandRun.of("rules", "check", "-f", badRules, "--prices", badPrices);

    // Then
    assertThat(good.exit()).isZero();
    assertThat(good.err()).isEqualTo("10 rules, nothing wrong with them\n");
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(bad.err()).contains("error: version: must be 1, was 2").contains(badPrices + ": ");
  }

  private static String write(Path file, String text) throws IOException {
    return Files.writeString(file, text).toString();
  }
}
