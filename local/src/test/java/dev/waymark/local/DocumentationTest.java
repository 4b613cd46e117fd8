package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DocumentationTest {
  private static final String BEGIN = "<!-- settings -->\n";
  private static final String END = "<!-- /settings -->";

  @Test
  void readmeListsEverySetting() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String table = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));

    assertThat(table).isEqualTo(settingsTable());
  }

  /** Prints the table for the README. */
  public static void main(String[] args) {
    System.out.print(settingsTable());
  }

  private static String settingsTable() {
    String rows =
        Arrays.stream(Setting.values())
            .map(DocumentationTest::row)
            .collect(Collectors.joining("\n"));
    return "| flag | environment | default | |\n| --- | --- | --- | --- |\n" + rows + "\n";
  }

  private static String row(Setting setting) {
    String fallback =
        setting.fallback() == null || setting.fallback().isEmpty()
            ? ""
            : "`" + setting.fallback() + "`";
    return Text.of(
        "| `%s` | `%s` | %s | %s |",
        setting.flag(), setting.env(), fallback, setting.description());
  }
}
