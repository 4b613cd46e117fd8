package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.logs.Constraint;
import dev.waymark.testkit.logs.DeclareLog;
import dev.waymark.testkit.logs.DeclareLogs;
import dev.waymark.testkit.logs.SharedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine on process logs whose violations other programs have found as well. */
class DeclareLogsTest {
  @Test
  void findsTheViolatingCasesOfEveryConstraint() throws Exception {
    Optional<Path> data = SharedData.find();
    assumeTrue(data.isPresent(), SharedData.MISSING);
    List<String> disagreeing = new ArrayList<>();
    int constraints = 0;
    for (DeclareLog log : DeclareLogs.readAll(data.orElseThrow())) {
      List<Rule> rules = log.constraints().stream().map(Constraint::rule).toList();
      EngineRun run = EngineRun.of(rules, log.events());
      Map<String, Set<String>> broken =
          run.violations.stream()
              .collect(
                  Collectors.groupingBy(
                      Violation::ruleId,
                      Collectors.mapping(Violation::caseKey, Collectors.toSet())));
      for (Constraint constraint : log.constraints()) {
        constraints++;
        if (!broken
            .getOrDefault(constraint.rule().id(), Set.of())
            .equals(constraint.violatedCases())) {
          disagreeing.add(
              log.name() + " " + constraint.rule().id() + " " + constraint.rule().template());
        }
      }
    }

    System.out.println(
        "event logs: "
            + (constraints - disagreeing.size())
            + " of "
            + constraints
            + " constraints agree");
    assertThat(disagreeing).isEmpty();
    assertThat(constraints).isPositive();
  }
}
