package dev.waymark.local;

import dev.waymark.local.testjob.CountingJob;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A stack in a folder of its own on free ports, with {@link CountingJob} in the place of ours. */
final class TestStack {
  private static final List<Setting> PORTS =
      List.of(
          Setting.DB_PORT,
          Setting.KAFKA_PORT,
          Setting.KAFKA_CONTROLLER_PORT,
          Setting.FLINK_PORT,
          Setting.FLINK_RPC_PORT,
          Setting.API_PORT);

  private final Path folder;
  private final Map<Setting, String> settings;

  private TestStack(Path folder, Map<Setting, String> settings) {
    this.folder = folder;
    this.settings = settings;
  }

  static TestStack of(Path folder, Map<Setting, String> settings) {
    return new TestStack(folder, settings);
  }

  static TestStack in(Path folder) throws IOException {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(Setting.DATA_DIR, folder.resolve("data").toString());
    List<ServerSocket> sockets = new ArrayList<>();
    for (Setting port : PORTS) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      settings.put(port, String.valueOf(socket.getLocalPort()));
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return new TestStack(folder, settings);
  }

  /** The same stack, on the same data, with another setting. */
  TestStack with(Setting setting, String value) {
    Map<Setting, String> changed = new EnumMap<>(settings);
    changed.put(setting, value);
    return new TestStack(folder, changed);
  }

  Path folder() {
    return folder;
  }

  Map<Setting, String> settings() {
    return settings;
  }

  StackConfig config() throws InvalidConfigException, IOException {
    StackConfig config = StackConfig.from(projectRoot(), settings, Map.of());
    config.data().create();
    return config;
  }

  /** Flink and the counting job. */
  List<Service> flinkWithJob(String... moreArguments) throws Exception {
    List<Service> services = new ArrayList<>(Parts.flink(config()));
    services.add(job(moreArguments));
    return services;
  }

  Service job(String... moreArguments) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--out", numbersFile().toString()));
    arguments.addAll(List.of(moreArguments));
    return Parts.jobs(config(), List.of(countingJob()), jobJar(), job -> arguments);
  }

  static FlinkJob countingJob() {
    return new FlinkJob("waymark-trail", CountingJob.class.getName(), false, false);
  }

  /** What the job has written so far, in order. */
  List<Long> numbers() throws IOException {
    if (!Files.exists(numbersFile())) {
      return List.of();
    }
    String text = Files.readString(numbersFile());
    // A line without its end is being written just now.
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Long::valueOf).toList();
  }

  static Progress silent(DataDir data) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, false, data.log(Launcher.NAME));
  }

  static Path projectRoot() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  private Path numbersFile() {
    return folder.resolve("numbers");
  }

  /** Packs the job as a user's jar, so that Flink loads it as it loads ours. */
  private Path jobJar() throws Exception {
    Path jar = folder.resolve("counting-job.jar");
    Path classes =
        Path.of(CountingJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jobClasses = classes.resolve("dev/waymark/local/testjob");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(jobClasses)) {
      for (Path file : files.sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
