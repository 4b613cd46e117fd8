package dev.waymark.local;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One Kafka node, broker and controller, on the loopback address. It keeps what it is given: on one
 * machine nobody wants the log of record to lose its beginning, so retention is off unless a topic
 * sets its own.
 */
final class KafkaService extends ProcessService {
  static final String NAME = "kafka";

  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", "1"),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("inter.broker.listener.name", "CLIENTS"),
          // The one voter need not wait long for others to come forward.
          Map.entry("controller.quorum.election.timeout.ms", "100"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("log.retention.ms", "-1"),
          Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          Map.entry("background.threads", "2"),
          // One node can hold one copy.
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"));

  private final StackConfig.Kafka config;
  private final Path home;

  KafkaService(StackConfig.Kafka config, DataDir data, Duration startTimeout) {
    super(NAME, data, startTimeout);
    this.config = config;
    this.home = data.kafka();
  }

  @Override
  public Set<String> needs() {
    return Set.of();
  }

  @Override
  Command command() throws IOException {
    Files.createDirectories(home);
    Files.deleteIfExists(readyFile());
    Path properties = home.resolve("server.properties");
    write(properties);
    return new Command(
        List.of(
            Command.java(),
            "-Xmx" + config.heap(),
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-cp",
            ownClassPath(),
            KafkaMain.class.getName(),
            properties.toString(),
            readyFile().toString()),
        Map.of(),
        home);
  }

  @Override
  boolean isReady(ChildProcess process) throws IOException {
    return Files.exists(readyFile())
        && Files.readString(readyFile()).equals(Long.toString(process.pid()));
  }

  @Override
  String whenReady() {
    return config.bootstrapServers();
  }

  /** Without what is relative: the broker works in a folder of its own. */
  private static String ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path readyFile() {
    return home.resolve("ready");
  }

  private void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.putAll(FIXED);
    properties.put("log.dirs", home.resolve("data").toString());
    properties.put("controller.quorum.voters", "1@" + address(config.controllerPort()));
    properties.put(
        "listeners",
        Text.of(
            "CLIENTS://%s,CONTROLLER://%s",
            address(config.port()), address(config.controllerPort())));
    properties.put("advertised.listeners", "CLIENTS://" + address(config.port()));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "Written at each start from KafkaService; changes here are lost.");
    }
  }

  private static String address(int port) {
    return StackConfig.LOOPBACK + ":" + port;
  }
}
