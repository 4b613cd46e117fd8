package dev.waymark.benchmarks.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A stack of its own, started by {@code ./waymark up} on free ports in a folder that is deleted
 * when it is closed.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);
  private static final List<String> PORTS =
      List.of("API", "DB", "KAFKA", "KAFKA_CONTROLLER", "FLINK", "FLINK_RPC");
  private static final int LOG_TAIL_LINES = 30;

  private final Process process;
  private final Path data;
  private final Path output;
  private final int metricsPort;

  private LocalStack(Process process, Path data, Path output, int metricsPort) {
    this.process = process;
    this.data = data;
    this.output = output;
    this.metricsPort = metricsPort;
  }

  /**
   * Starts {@code up}; what it needs is built by it unless it is there.
   *
   * @param home where {@code ./waymark} is
   * @param flags of {@code up}
   */
  public static LocalStack start(Path home, List<String> flags) throws IOException {
    return start(home, flags, Map.of());
  }

  /**
   * Starts {@code up} with settings of its own.
   *
   * @param home where {@code ./waymark} is
   * @param flags of {@code up}
   * @param settings environment variables
   */
  public static LocalStack start(Path home, List<String> flags, Map<String, String> settings)
      throws IOException {
    Path data = Files.createTempDirectory("waymark-bench");
    Path output = data.resolve("up.out");
    List<Integer> ports = freePorts(PORTS.size() + 2);
    List<String> command = new ArrayList<>(List.of(home.resolve("waymark").toString(), "up"));
    command.addAll(flags);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // The addresses of a stack that runs already are not for this one.
    builder.environment().keySet().removeIf(name -> name.startsWith("WAYMARK_"));
    builder.environment().put("WAYMARK_DATA_DIR", data.toString());
    builder.environment().putAll(settings);
    int metricsPort = ports.get(PORTS.size());
    builder.environment().put("WAYMARK_FLINK_METRICS_PORT", String.valueOf(metricsPort));
    for (int i = 0; i < PORTS.size(); i++) {
      builder.environment().put("WAYMARK_" + PORTS.get(i) + "_PORT", String.valueOf(ports.get(i)));
    }
    Process process = builder.start();
    // Whoever stops the benchmark stops the stack.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-stack"));
    return new LocalStack(process, data, output, metricsPort);
  }

  /** Waits until it says of itself that it is ready. */
  public LocalStack awaitReady(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!Files.exists(data.resolve("stack.env"))) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        List<String> lines = Files.readAllLines(output);
        close();
        throw new IOException(
            "./waymark up did not become ready:\n"
                + String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size())));
      }
      Thread.sleep(POLL.toMillis());
    }
    return this;
  }

  /** One of its addresses, such as {@code WAYMARK_API_URL}. */
  public String address(String name) throws IOException {
    Map<String, String> env = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("stack.env"))) {
      int equals = line.indexOf('=');
      env.put(line.substring(0, equals), line.substring(equals + 1));
    }
    String value = env.get(name);
    if (value == null) {
      throw new IOException("no " + name + " in " + data.resolve("stack.env"));
    }
    return value;
  }

  /** What to show to the API, as the value of the header Authorization: its admin's key. */
  public String authorization() throws IOException {
    return "Bearer " + Files.readString(data.resolve("secrets/admin.key")).strip();
  }

  public String kafka() throws IOException {
    return address("WAYMARK_KAFKA_BOOTSTRAP_SERVERS");
  }

  /** What one of its processes has written. */
  public Path log(String name) {
    return data.resolve("logs").resolve(name + ".log");
  }

  /** The configuration its Flink works with. */
  Path flinkConf() {
    return data.resolve("flink/conf/jobmanager");
  }

  /** Where the TaskManager tells its metrics. */
  int taskManagerMetricsPort() {
    return metricsPort + 1;
  }

  /** The launcher and all that it has started. */
  public Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        processes().toList().forEach(ProcessHandle::destroyForcibly);
      }
      delete(data);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      while (ports.size() < count) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("no free ports", e);
    }
  }
}
