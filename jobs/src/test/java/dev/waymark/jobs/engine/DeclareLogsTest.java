package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waymark.jobs.engine.cep.TemplateJudge;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine on process logs whose violations other programs have found as well. */
class DeclareLogsTest {
  @Test
  void findsTheViolatingCasesOfEveryConstraint() throws Exception {
    assertAgree("event logs", Matching.AUTO, rule -> true);
  }

  @Test
  void findsThemOnFlinkCepWhereTheTemplateHasAForm() throws Exception {
    assertAgree(
        "event logs on flink-cep", Matching.CEP, rule -> TemplateJudge.of(rule).isPresent());
  }

  private static void assertAgree(String name, Matching matching, Predicate<Rule> chosen)
      throws Exception {
    Optional<Path> data = SharedData.find();
    assumeTrue(data.isPresent(), SharedData.MISSING);
    List<String> disagreeing = new ArrayList<>();
    int constraints = 0;
    for (DeclareLog log : DeclareLogs.readAll(data.orElseThrow())) {
      List<Rule> rules = log.constraints().stream().map(Constraint::rule).filter(chosen).toList();
      EngineRun run = EngineRun.of(rules, log.events(), false, matching);
      Map<String, Set<String>> broken =
          run.violations.stream()
              .collect(
                  Collectors.groupingBy(
                      Violation::ruleId,
                      Collectors.mapping(Violation::caseKey, Collectors.toSet())));
      for (Constraint constraint : log.constraints()) {
        Rule rule = constraint.rule();
        if (chosen.test(rule)) {
          constraints++;
          if (!broken.getOrDefault(rule.id(), Set.of()).equals(constraint.violatedCases())) {
            disagreeing.add(log.name() + " " + rule.id() + " " + rule.template());
          }
        }
      }
    }

    System.out.println(
        name
            + ": "
            + (constraints - disagreeing.size())
            + " of "
            + constraints
            + " constraints agree");
    assertThat(disagreeing).isEmpty();
    assertThat(constraints).isPositive();
  }
}
