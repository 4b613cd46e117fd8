package dev.waymark.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.backtest.BacktestConfig;
import dev.waymark.jobs.explain.ExplainConfig;
import dev.waymark.jobs.metrics.MetricsConfig;
import dev.waymark.jobs.trail.TrailConfig;
import dev.waymark.jobs.validation.ValidationConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} has every setting of the jobs as the code has it. */
final class ConfigurationPageTest {
  private static final String BEGIN = "<!-- jobs -->\n";
  private static final String END = "<!-- /jobs -->";
  private static final Map<String, Consumer<Settings>> JOBS = new LinkedHashMap<>();

  static {
    JOBS.put("trail", TrailConfig::from);
    JOBS.put("validation", ValidationConfig::from);
    JOBS.put("metrics", MetricsConfig::from);
    JOBS.put("backtest", BacktestConfig::from);
    JOBS.put("explain", ExplainConfig::from);
  }

  @Test
  void listsEverySettingOfTheJobs() throws Exception {
    String page = Files.readString(Path.of("../docs/configuration.md"));

    assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
        .isEqualTo(table());
  }

  /** Prints the table for the page. */
  public static void main(String[] args) {
    System.out.print(table());
  }

  private static String table() {
    Map<Setting<?>, List<String>> readers = new LinkedHashMap<>();
    JOBS.forEach(
        (job, config) -> {
          Settings settings = new Settings(new String[0], Map.of());
          config.accept(settings);
          for (Setting<?> setting : settings.asked()) {
            readers.computeIfAbsent(setting, s -> new ArrayList<>()).add(job);
          }
        });
    StringBuilder table = new StringBuilder("| flag | environment | default | jobs | |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    readers.forEach((setting, jobs) -> table.append(row(setting, jobs)));
    return table.toString();
  }

  private static String row(Setting<?> setting, List<String> jobs) {
    String fallback = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
    String readers = jobs.size() == JOBS.size() ? "all" : String.join(", ", jobs);
    return String.join(
            " | ",
            "| `" + setting.flag() + "`",
            "`" + setting.environmentVariable() + "`",
            fallback,
            readers,
            setting.description())
        + " |\n";
  }
}
