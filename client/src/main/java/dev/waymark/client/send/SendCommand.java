package dev.waymark.client.send;

import dev.waymark.client.ClientConfig;
import dev.waymark.client.EventPublisher;
import dev.waymark.client.PublishException;
import dev.waymark.client.cli.Console;
import dev.waymark.client.cli.TimeMode;
import dev.waymark.client.cli.TopicCheck;
import dev.waymark.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send FILE…}: see {@code send --help}. */
@Command(
    name = "send",
    header = "Publishes events from files to Kafka, merged by time.",
    description = {
      "Each FILE holds one JSON event a line (JSONL), in order of t. The files are merged into one"
          + " stream by t; ties keep the order of the files and of their lines. Every line is"
          + " published byte for byte, and counts when Kafka has acknowledged it. A line that is no"
          + " event is published too, without a key, so that it shows among the dead letters."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./waymark send runs.jsonl                          as fast as Kafka takes it",
      "  ./waymark send --speed 1 monday.jsonl              at the recorded pace",
      "  ./waymark send --time log --finalize *.jsonl       history, each run ended and judged",
      "",
      "Old events are judged only by a stack that takes its time from the log (--time log). In live"
          + " mode they are late: kept in the trail, counted, not judged.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every line was acknowledged",
      "1:some line was not, or Kafka is not there",
      "2:a file cannot be read, or the command line is wrong"
    },
    mixinStandardHelpOptions = true)
public final class SendCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int NOT_ALL_SENT = 1;
  private static final Duration REACH_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(1);

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "files of events, one JSON object a line")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--speed",
      paramLabel = "N",
      description =
          "keep the recorded pace (1) or a multiple of it (60: a minute a second); without it there"
              + " is no pause")
  private double speed;

  @Option(
      names = "--finalize",
      description =
          "end each run after its last event, so that what is missing is judged; reads the files"
              + " twice and remembers each run")
  private boolean finalizeRuns;

  @Option(
      names = "--time",
      paramLabel = "live|log",
      defaultValue = "${env:WAYMARK_TIME:-live}",
      description =
          "where the stack takes its time from; with log, heartbeats carry the time of the files"
              + " (WAYMARK_TIME, now ${DEFAULT-VALUE})")
  private String time = "live";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:WAYMARK_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
      description = "Kafka (WAYMARK_KAFKA_BOOTSTRAP_SERVERS, now ${DEFAULT-VALUE})")
  private String bootstrapServers = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    TimeMode mode = timeMode();
    requireSpeed();
    requireReadable();
    ClientConfig config =
        ClientConfig.of(bootstrapServers)
            .withTimeouts(DELIVERY_TIMEOUT, DELIVERY_TIMEOUT, DELIVERY_TIMEOUT);
    try {
      TopicCheck.require(bootstrapServers, Topics.EVENTS, REACH_TIMEOUT);
      RunEnds ends = finalizeRuns ? scan(config) : null;
      return send(config, mode, ends);
    } catch (PublishException | IOException e) {
      console().error(String.valueOf(e.getMessage()));
      return NOT_ALL_SENT;
    }
  }

  private int send(ClientConfig config, TimeMode mode, @Nullable RunEnds ends)
      throws IOException, InterruptedException {
    Console console = console();
    SendReport report = new SendReport();
    Failures failures = new Failures();
    List<EventFile> open = open(config);
    EventPublisher publisher = EventPublisher.open(config);
    LogTime logTime = new LogTime(publisher, mode == TimeMode.LOG);
    Progress progress = new Progress(console, report, publisher, logTime, mode, Clock.systemUTC());
    try {
      Pace pace = new Pace(speed, Pace.Timer.SYSTEM);
      new Sender(publisher, pace, logTime, ends, report, failures, progress::tick)
          .send(new Merge(open));
    } finally {
      // Also after a failure: what was taken so far is sent to the end.
      publisher.close();
      for (EventFile file : open) {
        file.close();
      }
    }
    progress.end(open, failures);
    return failures.count() == 0 && open.stream().allMatch(f -> f.tooLong() == 0)
        ? OK
        : NOT_ALL_SENT;
  }

  private RunEnds scan(ClientConfig config) throws IOException {
    List<EventFile> open = open(config);
    try {
      RunEnds ends = RunEnds.of(open);
      console().note("found " + Progress.count(ends.size(), "run") + " to end");
      return ends;
    } finally {
      for (EventFile file : open) {
        file.close();
      }
    }
  }

  private List<EventFile> open(ClientConfig config) throws IOException {
    List<EventFile> open = new ArrayList<>();
    for (Path file : files) {
      open.add(EventFile.open(file, config.maxEventBytes(), Clock.systemUTC()));
    }
    return open;
  }

  private TimeMode timeMode() {
    return TimeMode.of(time).orElseThrow(() -> usage("--time: must be live or log, was " + time));
  }

  private void requireSpeed() {
    if (!(speed >= 0) || Double.isInfinite(speed)) {
      throw usage("--speed: must be a positive number, was " + speed);
    }
  }

  private void requireReadable() {
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        problems.add(file + ": no such file");
      } else if (Files.isDirectory(file)) {
        problems.add(file + ": is a directory");
      } else if (!Files.isReadable(file)) {
        problems.add(file + ": cannot be read");
      } else if (finalizeRuns && !Files.isRegularFile(file)) {
        problems.add(file + ": --finalize reads twice, so it needs a regular file");
      }
    }
    if (!problems.isEmpty()) {
      throw usage(String.join(System.lineSeparator(), problems));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(commandSpec().commandLine(), message);
  }

  private Console console() {
    return Console.of(commandSpec().commandLine());
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec;
  }
}
