package dev.waymark.jobs.check;

import dev.waymark.jobs.validation.OutcomeRow;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges finished files by rules, and says what it found. */
@Command(
    name = "waymark check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Judges finished files of events by rules, with the engine that runs live and without any server.",
      "All rules are in force from the beginning; what is open at the end of the files ends there.",
      "Every violation is listed, however many a rule has."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no violation", "1:violations", "2:bad rules, bad events or bad usage"},
    footer = {
      "",
      "Example: waymark check --rules flink-conf/rules.yaml --events run1.jsonl run2.jsonl --out violations.jsonl"
    })
public final class CheckCommand implements Callable<Integer> {
  private static final int VIOLATIONS = 1;
  private static final int BAD_INPUT = 2;
  private static final int SHOWN = 20;

  @Option(
      names = "--rules",
      required = true,
      paramLabel = "R.yaml",
      description = "The rule set, YAML or JSON.")
  private Path rulesFile = Path.of("");

  @Option(
      names = "--events",
      required = true,
      arity = "1..*",
      paramLabel = "E.jsonl",
      description = "Files of events, one JSON object a line; sorted together.")
  private List<Path> eventFiles = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "V.jsonl",
      description = "Where all violations go, one JSON object a line.")
  private @Nullable Path outFile;

  @Option(
      names = "--finalize",
      description = "End each run after its last event, as 'waymark send --finalize' does.")
  private boolean finalizeRuns;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<Rule> rules;
    FinishedLog log;
    try {
      rules = RuleParser.parse(Files.readString(rulesFile));
      log = FinishedLog.read(eventFiles, finalizeRuns);
    } catch (InvalidRulesException e) {
      return refuse(
          rulesFile + " is no rule set:", e.problems().stream().map(Problem::toString).toList());
    } catch (IOException e) {
      return refuse("cannot be read:", List.of(String.valueOf(e.getMessage())));
    }
    FileCheck found = FileCheck.run(rules, log);
    if (outFile != null) {
      write(outFile, found.violations());
    }
    print(found, rules, log);
    if (!log.badLines().isEmpty()) {
      return refuse(
          log.badLines().size() + " lines are no events and were not judged:", log.badLines());
    }
    return found.violations().isEmpty() ? 0 : VIOLATIONS;
  }

  private int refuse(String what, List<String> problems) {
    PrintWriter err = err();
    err.println(what);
    problems.stream().limit(SHOWN).forEach(problem -> err.println("  " + problem));
    if (problems.size() > SHOWN) {
      err.println("  … and " + (problems.size() - SHOWN) + " more");
    }
    err.flush();
    return BAD_INPUT;
  }

  private static void write(Path file, List<Violation> violations) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Violation violation : violations) {
        out.write(ViolationCodec.encode(violation));
        out.newLine();
      }
    }
  }

  private void print(FileCheck found, List<Rule> rules, FinishedLog log) {
    PrintWriter out = out();
    out.printf(Locale.ROOT, "%,d events judged by %d rules%n%n", log.events(), rules.size());
    out.printf(
        Locale.ROOT,
        "%-32s %-9s %10s %10s %10s %10s%n",
        "rule",
        "severity",
        "cases",
        "held",
        "vacuous",
        "broken");
    for (Rule rule : rules) {
      OutcomeRow row = found.outcomes().get(rule.id());
      out.printf(
          Locale.ROOT,
          "%-32s %-9s %,10d %,10d %,10d %,10d%n",
          rule.id(),
          rule.severity(),
          row == null ? 0 : row.cases(),
          row == null ? 0 : row.held(),
          row == null ? 0 : row.vacuous(),
          row == null ? 0 : row.broken());
    }
    out.println();
    found.violations().stream().limit(SHOWN).forEach(violation -> out.println(line(violation)));
    if (found.violations().size() > SHOWN) {
      out.printf(
          Locale.ROOT,
          "… and %,d more%s%n",
          found.violations().size() - SHOWN,
          outFile == null ? " (--out FILE writes all)" : "");
    }
    out.printf(
        Locale.ROOT,
        "%n%s%n",
        found.violations().isEmpty()
            ? "no violation"
            : String.format(Locale.ROOT, "%,d violations", found.violations().size()));
    out.flush();
  }

  private static String line(Violation violation) {
    return String.format(
        Locale.ROOT,
        "%-8s %s  %s  %s: %s",
        violation.severity(),
        Times.format(violation.timeMicros()),
        violation.caseKey(),
        violation.ruleId(),
        violation.message());
  }

  private PrintWriter out() {
    return commandSpec().commandLine().getOut();
  }

  private PrintWriter err() {
    return commandSpec().commandLine().getErr();
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it before a command runs");
    }
    return spec;
  }
}
