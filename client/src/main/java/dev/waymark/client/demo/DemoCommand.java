package dev.waymark.client.demo;

import dev.waymark.client.ClientConfig;
import dev.waymark.client.EventPublisher;
import dev.waymark.client.OverflowPolicy;
import dev.waymark.client.PublishException;
import dev.waymark.client.PublisherStats;
import dev.waymark.client.cli.Console;
import dev.waymark.client.cli.TopicCheck;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: see {@code demo --help}. */
@Command(
    name = "demo",
    header = "Simulated agents: an airline service desk, data analysts, coding agents.",
    description = {
      "Several runs at once, in real time. One run in six breaks one of the default rules, and says"
          + " so here when it starts, so that you can compare with what the stack finds."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped, or all runs are over",
      "1:Kafka is not there, or events were lost",
      "2:the command line is wrong"
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int KAFKA_FAILED = 1;
  private static final Duration REACH_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final long BUFFER_BYTES = 16L << 20;
  private static final long STATUS_EVERY_EVENTS = 500;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "decides what the agents do (${DEFAULT-VALUE}); the times are always now")
  private long seed;

  @Option(
      names = "--rate",
      paramLabel = "RUNS",
      defaultValue = "30",
      description = "runs that begin each minute (${DEFAULT-VALUE}), some 14 events each")
  private double runsPerMinute;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "2147483647",
      showDefaultValue = Visibility.NEVER,
      description = "stop after so many runs; without it, go on until stopped")
  private int maxRuns;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = Event.DEFAULT_TENANT,
      description = "whose agents these are (${DEFAULT-VALUE})")
  private String tenant = Event.DEFAULT_TENANT;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:WAYMARK_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
      description = "Kafka (WAYMARK_KAFKA_BOOTSTRAP_SERVERS, now ${DEFAULT-VALUE})")
  private String bootstrapServers = "";

  @Spec private @Nullable CommandSpec spec;

  private final Clock clock;
  private final DemoPlayer.Napper napper;
  private long events;

  public DemoCommand() {
    this(Clock.systemUTC(), nap -> TimeUnit.NANOSECONDS.sleep(nap.toNanos()));
  }

  DemoCommand(Clock clock, DemoPlayer.Napper napper) {
    this.clock = clock;
    this.napper = napper;
  }

  @Override
  public Integer call() throws InterruptedException {
    requirePositive("--rate", runsPerMinute);
    requirePositive("--runs", maxRuns);
    try {
      TopicCheck.require(bootstrapServers, Topics.EVENTS, REACH_TIMEOUT);
      return play();
    } catch (PublishException e) {
      console().error(String.valueOf(e.getMessage()));
      return KAFKA_FAILED;
    }
  }

  private int play() throws InterruptedException {
    DemoPlayer player = new DemoPlayer(clock, napper);
    CountDownLatch over = new CountDownLatch(1);
    // TERM and Ctrl-C end the play, not the process: what was played is still to be acknowledged.
    Thread hook = new Thread(() -> stop(player, over), "waymark-demo-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    EventPublisher publisher = EventPublisher.open(config());
    try {
      player.play(stream(), event -> publish(publisher, event));
      publisher.close();
      tell(publisher.stats());
      return publisher.stats().dropped() + publisher.stats().failed() == 0 ? OK : KAFKA_FAILED;
    } finally {
      over.countDown();
    }
  }

  private DemoStream stream() {
    Instant start = Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    DemoRuns.Settings settings = new DemoRuns.Settings(seed, start, runsPerMinute, tenant);
    return new DemoStream(new DemoRuns(settings), maxRuns, this::announce);
  }

  private void publish(EventPublisher publisher, Event event) {
    CompletableFuture<Void> unused = publisher.publish(event);
    if (++events % STATUS_EVERY_EVENTS == 0) {
      tell(publisher.stats());
    }
  }

  private void announce(DemoRun run) {
    run.fault().ifPresent(fault -> console().result(run.runId() + " will break " + fault.ruleId()));
  }

  private void tell(PublisherStats stats) {
    console()
        .note(
            String.format(
                Locale.ROOT,
                "%,d events, %,d acknowledged, %,d lost",
                events,
                stats.acknowledged(),
                stats.failed() + stats.dropped()));
  }

  private static void stop(DemoPlayer player, CountDownLatch over) {
    player.stop();
    try {
      over.await(CLOSE_TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A demo does not stop for a broker that is away for a while; what does not fit is counted. */
  private ClientConfig config() {
    ClientConfig defaults = ClientConfig.of(bootstrapServers);
    return defaults
        .withOverflow(OverflowPolicy.DROP, BUFFER_BYTES)
        .withTimeouts(defaults.blockTimeout(), defaults.deliveryTimeout(), CLOSE_TIMEOUT);
  }

  private void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new ParameterException(
          commandSpec().commandLine(), name + ": must be positive, was " + value);
    }
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
