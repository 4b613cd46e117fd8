package dev.waymark.schemas.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus {@code rules/malformed.txt}: rule sets as people get them wrong, each with all that is
 * to be said of it.
 */
class MalformedRulesTest {
  private static final String NAME = "=== ";
  private static final String PROBLEM = "! ";

  /** One rule set and what is wrong with it, a line each. */
  private record Malformed(String name, String rules, List<String> problems) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Malformed> corpus() {
    List<Malformed> corpus = new ArrayList<>();
    for (String part : text().split("(?m)^" + NAME)) {
      if (!part.isEmpty()) {
        corpus.add(malformed(part.lines().toList()));
      }
    }
    return corpus.stream();
  }

  private static Malformed malformed(List<String> lines) {
    List<String> problems =
        lines.stream()
            .filter(line -> line.startsWith(PROBLEM))
            .map(line -> line.substring(PROBLEM.length()))
            .toList();
    List<String> rules = lines.stream().skip(1).filter(line -> !line.startsWith(PROBLEM)).toList();
    boolean isOneRule = rules.size() == 1 && rules.get(0).startsWith("{");
    String text = String.join("\n", rules);
    return new Malformed(
        lines.get(0), isOneRule ? "version: 1\nrules:\n  - " + text : text, problems);
  }

  private static String text() {
    try (InputStream in = MalformedRulesTest.class.getResourceAsStream("/rules/malformed.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void isRefusedWithEveryProblem(Malformed malformed) {
    InvalidRulesException refused =
        catchThrowableOfType(
            InvalidRulesException.class, () -> RuleParser.parse(malformed.rules()));

    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.problems())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrderElementsOf(malformed.problems());
  }
}
