package dev.waymark.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} has every key of the API as the code has it. */
final class ConfigurationPageTest {
  private static final String BEGIN = "<!-- api -->\n";
  private static final String END = "<!-- /api -->";

  @Test
  void listsEveryKeyOfTheApi() throws Exception {
    String page = Files.readString(Path.of("../docs/configuration.md"));

    assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
        .isEqualTo(table());
  }

  /** Prints the table for the page. */
  public static void main(String[] args) {
    System.out.print(table());
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| environment | default | unit | |\n");
    table.append("| --- | --- | --- | --- |\n");
    ApiConfig.keys().forEach(key -> table.append(row(key)));
    return table.toString();
  }

  private static String row(ConfigKey key) {
    String fallback = key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`";
    return String.join(
            " | ",
            "| `" + key.variable() + "`",
            fallback,
            key.unit().replace("|", "\\|"),
            key.description())
        + " |\n";
  }
}
