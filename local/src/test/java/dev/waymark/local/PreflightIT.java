package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the client as it was built. */
final class PreflightIT {
  @TempDir private Path folder;

  @Test
  void findsNothingWrongWithWhatIsShipped() throws Exception {
    Preflight preflight = new Preflight(TestStack.in(folder).config());

    assertThatCode(preflight::check).doesNotThrowAnyException();
    assertThatCode(preflight::check).doesNotThrowAnyException();
  }

  @Test
  void listsEveryProblemOfBothFiles() throws Exception {
    // Given
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "version: 1\nrules:\n  - id: a\n    kind: odd\n    template: nope\n");
    Path prices = Files.writeString(folder.resolve("prices.csv"), "no,header\n");
    TestStack stack =
        TestStack.in(folder)
            .with(Setting.RULES_FILE, rules.toString())
            .with(Setting.PRICES_FILE, prices.toString());

    // Then
    assertThatThrownBy(() -> new Preflight(stack.config()).check())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("rules[0].kind")
        .hasMessageContaining("rules[0].template")
        .hasMessageContaining("prices.csv");
  }
}
