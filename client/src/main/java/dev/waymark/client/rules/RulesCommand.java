package dev.waymark.client.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.client.PublishException;
import dev.waymark.client.cli.Console;
import dev.waymark.client.cli.TimeMode;
import dev.waymark.client.cli.TopicCheck;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.metric.InvalidPricesException;
import dev.waymark.schemas.metric.PriceTable;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleHistory;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.rule.RuleSetChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code rules apply|check|backtest|list|show|disable|delete}: see {@code rules --help}. */
@Command(
    name = "rules",
    subcommands = BacktestCommand.class,
    header = "Shows and changes the live rules.",
    description = {
      "Rules change while the jobs run; nothing restarts. Every change is a new version with a time"
          + " from which it holds: a case follows the version in force at its first event."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./waymark rules apply -f flink-conf/rules.yaml     bring a file's rules into force",
      "  ./waymark rules check -f flink-conf/rules.yaml     whether they could be",
      "  ./waymark rules backtest -f flink-conf/rules.yaml  what they would have found in the stored trail",
      "  ./waymark rules list                               what is in force",
      "  ./waymark rules show tool-call-answered            one rule, and its versions",
      "  ./waymark rules disable tool-call-answered         judge it no longer (apply puts it back)",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:Kafka is not there, or did not take it",
      "2:a rule is refused, is not there, or the command line is wrong; nothing was changed"
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class RulesCommand {
  private static final int OK = 0;
  private static final int KAFKA_FAILED = 1;
  private static final int BAD_INPUT = 2;
  private static final Duration REACH_TIMEOUT = Duration.ofSeconds(15);
  private static final int SHOWN_DIGITS = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String EFFECTIVE_AT =
      "from when on it holds: now, beginning, or an RFC 3339 time. Without it: now; beginning where"
          + " the stack takes its time from the log (WAYMARK_TIME=log)";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:WAYMARK_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
      description = "Kafka (WAYMARK_KAFKA_BOOTSTRAP_SERVERS, now ${DEFAULT-VALUE})")
  private String bootstrapServers = "";

  @Option(
      names = "--time",
      paramLabel = "live|log",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:WAYMARK_TIME:-live}",
      description = "where the stack takes its time from (WAYMARK_TIME, now ${DEFAULT-VALUE})")
  private String time = "live";

  @Spec private @Nullable CommandSpec spec;

  private final Clock clock = Clock.systemUTC();

  @Command(
      name = "apply",
      header = "Brings the rules of a file into force; others stay as they are.",
      mixinStandardHelpOptions = true)
  int apply(
      @Option(
              names = {"-f", "--file"},
              paramLabel = "RULES.yaml",
              required = true,
              description = "a rule set, YAML or JSON")
          Path file,
      @Option(names = "--effective-at", paramLabel = "TIME", description = EFFECTIVE_AT)
          @Nullable String effectiveAt) {
    return run(
        () -> {
          OptionalLong asked = asked(effectiveAt);
          List<Rule> rules = parse(file);
          RuleTopic topic = topic();
          List<RuleChange> changes =
              new RuleSetChange(topic.read()).apply(rules, asked, defaultMicros());
          topic.write(changes);
          changes.forEach(this::tell);
          console()
              .result(
                  changes.size()
                      + " changed, "
                      + (rules.size() - changes.size())
                      + " as they were");
        });
  }

  @Command(
      name = "check",
      header = "Says what is wrong with a file's rules; speaks to nobody.",
      mixinStandardHelpOptions = true)
  int check(
      @Option(
              names = {"-f", "--file"},
              paramLabel = "RULES.yaml",
              required = true,
              description = "a rule set, YAML or JSON")
          Path file,
      @Option(
              names = "--prices",
              paramLabel = "PRICES.csv",
              description = "a price table to look at as well")
          @Nullable Path prices) {
    int priceProblems = prices == null ? OK : run(() -> parsePrices(prices));
    int ruleProblems =
        run(() -> console().note(parse(file).size() + " rules, nothing wrong with them"));
    return Math.max(ruleProblems, priceProblems);
  }

  @Command(name = "list", header = "Shows the rules.", mixinStandardHelpOptions = true)
  int list() {
    return run(
        () -> {
          List<RuleChange> current = topic().read().current();
          String format = "%-32s %4s  %-12s  %-8s  %-12s  %-20s  %-8s  %s";
          console()
              .result(
                  String.format(
                      Locale.ROOT,
                      format,
                      "RULE",
                      "NO",
                      "VERSION",
                      "MODE",
                      "KIND",
                      "TEMPLATE",
                      "SEVERITY",
                      "EFFECTIVE AT"));
          for (RuleChange change : current) {
            Rule rule = ruleOf(change);
            console()
                .result(
                    String.format(
                        Locale.ROOT,
                        format,
                        change.ruleId(),
                        change.number(),
                        shortened(change.version()),
                        rule.mode().code(),
                        rule.kind().code(),
                        rule.template().code(),
                        rule.severity(),
                        effective(change)));
          }
          console().note(current.size() + " rules");
        });
  }

  @Command(
      name = "show",
      header = "Shows one rule and its versions.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "RULE", description = "the rule's id") String ruleId) {
    return run(
        () -> {
          RuleHistory history = topic().read();
          RuleChange current = new RuleSetChange(history).existing(ruleId);
          console().result(pretty(String.valueOf(current.definition())));
          console().result("");
          history.of(ruleId).forEach(this::tell);
        });
  }

  @Command(
      name = "disable",
      header = "Judges a rule no longer; its history stays.",
      mixinStandardHelpOptions = true)
  int disable(
      @Parameters(paramLabel = "RULE", description = "the rule's id") String ruleId,
      @Option(names = "--effective-at", paramLabel = "TIME", description = EFFECTIVE_AT)
          @Nullable String effectiveAt) {
    return run(
        () -> {
          long from = asked(effectiveAt).orElse(defaultMicros());
          RuleTopic topic = topic();
          RuleChange change = new RuleSetChange(topic.read()).disable(ruleId, from);
          topic.write(List.of(change));
          tell(change);
        });
  }

  @Command(
      name = "delete",
      header = "Takes a rule out of the set; its history stays.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "RULE", description = "the rule's id") String ruleId,
      @Option(names = "--effective-at", paramLabel = "TIME", description = EFFECTIVE_AT)
          @Nullable String effectiveAt) {
    return run(
        () -> {
          long from = asked(effectiveAt).orElse(defaultMicros());
          RuleTopic topic = topic();
          RuleChange change = new RuleSetChange(topic.read()).delete(ruleId, from);
          topic.write(List.of(change));
          tell(change);
        });
  }

  /** What a command does, with everything that can go wrong in it. */
  private interface Work {
    void run() throws IOException, InterruptedException, InvalidRulesException;
  }

  private int run(Work work) {
    try {
      work.run();
      return OK;
    } catch (InvalidRulesException e) {
      for (Problem problem : e.problems()) {
        console().error(problem.toString());
      }
      console().note(e.problems().size() + " problems; nothing was changed");
      return BAD_INPUT;
    } catch (NoSuchElementException | IOException e) {
      console().error(String.valueOf(e.getMessage()));
      return BAD_INPUT;
    } catch (PublishException | KafkaException e) {
      console().error(String.valueOf(e.getMessage()));
      return KAFKA_FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KAFKA_FAILED;
    }
  }

  private RuleTopic topic() throws InterruptedException {
    TopicCheck.require(bootstrapServers, Topics.RULES, REACH_TIMEOUT);
    return new RuleTopic(bootstrapServers, console());
  }

  private static List<Rule> parse(Path file) throws IOException, InvalidRulesException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    return RuleParser.parse(Files.readString(file));
  }

  private static void parsePrices(Path file) throws IOException, InvalidRulesException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    try {
      PriceTable.parse(Files.readString(file));
    } catch (InvalidPricesException e) {
      throw new InvalidRulesException(
          e.problems().stream().map(p -> new Problem(file.toString(), p)).toList());
    }
  }

  private long defaultMicros() {
    TimeMode mode =
        TimeMode.of(time).orElseThrow(() -> usage("--time: must be live or log, was " + time));
    return mode == TimeMode.LOG ? RuleChange.BEGINNING : nowMicros();
  }

  private OptionalLong asked(@Nullable String effectiveAt) {
    if (effectiveAt == null) {
      return OptionalLong.empty();
    }
    return switch (effectiveAt) {
      case "now" -> OptionalLong.of(nowMicros());
      case "beginning" -> OptionalLong.of(RuleChange.BEGINNING);
      default -> OptionalLong.of(timeMicros(effectiveAt));
    };
  }

  private long timeMicros(String text) {
    try {
      return EventCodec.parseTime(text);
    } catch (DateTimeException e) {
      throw usage("--effective-at: must be now, beginning or an RFC 3339 time, was " + text);
    }
  }

  private long nowMicros() {
    return Times.micros(Instant.now(clock));
  }

  private void tell(RuleChange change) {
    console()
        .result(
            change.ruleId()
                + " no. "
                + change.number()
                + " "
                + shortened(change.version())
                + (change.isDeletion() ? " deleted" : "")
                + " from "
                + effective(change));
  }

  private static String effective(RuleChange change) {
    return change.effectiveAtMicros() == RuleChange.BEGINNING
        ? "the beginning"
        : Times.format(change.effectiveAtMicros());
  }

  private static String shortened(String version) {
    return version.substring(0, Math.min(SHOWN_DIGITS, version.length()));
  }

  private static Rule ruleOf(RuleChange change) throws InvalidRulesException {
    return RuleParser.parseRule(String.valueOf(change.definition()));
  }

  private static String pretty(String json) throws JsonProcessingException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json));
  }

  private Console console() {
    return Console.of(commandSpec().commandLine());
  }

  private ParameterException usage(String message) {
    return new ParameterException(commandSpec().commandLine(), message);
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec;
  }
}
