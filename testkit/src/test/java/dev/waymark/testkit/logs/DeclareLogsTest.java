package dev.waymark.testkit.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waymark.schemas.rule.Rule;
import dev.waymark.testkit.reference.Outcome;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import dev.waymark.testkit.reference.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeclareLogsTest {

  @Test
  void everyConstraintIsViolatedByExactlyTheCasesTheDataSetsName() {
    Optional<Path> data = SharedData.find();
    assumeTrue(data.isPresent(), SharedData.MISSING);
    List<String> differing = new ArrayList<>();
    int constraints = 0;

    for (DeclareLog log : DeclareLogs.readAll(data.orElseThrow())) {
      List<Rule> rules = log.constraints().stream().map(Constraint::rule).toList();
      Map<String, List<Verdict>> byRule =
          ReferenceEvaluator.judge(rules, log.events(), List.of()).stream()
              .collect(Collectors.groupingBy(Verdict::ruleId));
      for (Constraint constraint : log.constraints()) {
        constraints++;
        describeDifference(log, constraint, byRule.get(constraint.rule().id()))
            .ifPresent(differing::add);
      }
    }

    System.out.printf("%d of %d constraints agree%n", constraints - differing.size(), constraints);
    assertThat(constraints).isPositive();
    assertThat(differing).isEmpty();
  }

  private static Optional<String> describeDifference(
      DeclareLog log, Constraint constraint, List<Verdict> verdicts) {
    Set<String> broken =
        verdicts.stream()
            .filter(verdict -> verdict.outcome() == Outcome.BROKEN)
            .map(Verdict::caseKey)
            .collect(Collectors.toSet());
    int findings = verdicts.stream().mapToInt(verdict -> verdict.findings().size()).sum();
    int activations = verdicts.stream().mapToInt(Verdict::activations).sum();
    boolean isPerCase =
        switch (constraint.rule().template()) {
          // The data sets count their events, we their cases.
          case CO_EXISTENCE, NOT_CO_EXISTENCE -> true;
          default -> false;
        };
    boolean agrees =
        broken.equals(constraint.violatedCases())
            && activations == constraint.activations()
            && (isPerCase || findings == constraint.violations());
    return agrees
        ? Optional.empty()
        : Optional.of(
            "%s %s %s: cases %d, expected %d; violations %d, expected %d; activations %d, expected %d"
                .formatted(
                    log.name(),
                    constraint.rule().id(),
                    constraint.rule().template(),
                    broken.size(),
                    constraint.violatedCases().size(),
                    findings,
                    constraint.violations(),
                    activations,
                    constraint.activations()));
  }
}
