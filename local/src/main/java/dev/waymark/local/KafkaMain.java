package dev.waymark.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and controller in one process; what {@code kafka-storage.sh format} and {@code
 * kafka-server-start.sh} do. Arguments: a properties file, and a file that gets this process's pid
 * once the broker serves clients. Ends on TERM after a clean shutdown.
 */
public final class KafkaMain {
  private static final int ARGUMENTS = 2;

  /** Written last when a directory is formatted. */
  private static final String IDENTITY = "meta.properties";

  private KafkaMain() {}

  public static void main(String[] args) throws Exception {
    if (args.length != ARGUMENTS) {
      throw new IllegalArgumentException("usage: KafkaMain PROPERTIES READY_FILE");
    }
    KafkaConfig config = new KafkaConfig(load(Path.of(args[0])));
    if (!Files.exists(Path.of(config.metadataLogDir(), IDENTITY))) {
      format(config);
    }
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
    server.startup();
    Files.writeString(Path.of(args[1]), Long.toString(ProcessHandle.current().pid()));
    server.awaitShutdown();
  }

  /** Gives a new directory its identity. */
  private static void format(KafkaConfig config) throws Exception {
    Formatter formatter = new Formatter();
    formatter.setPrintStream(System.out);
    formatter.setClusterId(Uuid.randomUuid().toString());
    formatter.setNodeId(config.nodeId());
    formatter.setControllerListenerName(config.controllerListenerNames().get(0));
    formatter.setMetadataLogDirectory(config.metadataLogDir());
    formatter.setDirectories(config.logDirs());
    formatter.setReleaseVersion(MetadataVersion.latestProduction());
    formatter.run();
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
