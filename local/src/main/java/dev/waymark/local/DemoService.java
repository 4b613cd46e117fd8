package dev.waymark.local;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Simulated agents that send events for as long as they run. */
final class DemoService extends ProcessService {
  static final String NAME = "demo";

  private static final String MAIN = "dev.waymark.client.Main";

  private final StackConfig config;

  DemoService(StackConfig config) {
    super(NAME, config.data(), config.startTimeout());
    this.config = config;
  }

  @Override
  public Set<String> needs() {
    return Set.of(JobsService.NAME);
  }

  @Override
  Command command() throws IOException {
    return new Command(
        List.of(
            Command.java(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            new Programs(config.home()).clientClassPath(),
            MAIN,
            "demo"),
        StackEnv.of(config),
        config.data().root());
  }

  @Override
  boolean isReady(ChildProcess process) {
    return process.isAlive();
  }

  @Override
  String whenReady() {
    return "simulated agents send events; " + data().log(NAME);
  }
}
