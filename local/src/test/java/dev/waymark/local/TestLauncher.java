package dev.waymark.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The launcher in a process of its own, with the counting job and without the API. Arguments:
 * folder, flag=value, …
 */
final class TestLauncher {
  private TestLauncher() {}

  public static void main(String[] args) throws Exception {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    for (String pair : List.of(args).subList(1, args.length)) {
      int equals = pair.indexOf('=');
      settings.put(Setting.valueOf(pair.substring(0, equals)), pair.substring(equals + 1));
    }
    TestStack stack = TestStack.of(Path.of(args[0]), settings);
    StackConfig config = stack.config();
    List<Service> services = new ArrayList<>();
    services.add(Parts.postgres(config));
    services.add(Parts.kafka(config));
    services.addAll(stack.flinkWithJob());
    try (Progress progress = new Progress(System.out, false, config.data().log(Launcher.NAME))) {
      System.exit(new Launcher(config, services, progress).run());
    }
  }

  /** Starts it; its output is the launcher's log. */
  static Process start(TestStack stack) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Command.java());
    line.add("-XX:TieredStopAtLevel=1");
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(TestLauncher.class.getName(), stack.folder().toString()));
    stack.settings().forEach((setting, value) -> line.add(setting.name() + "=" + value));
    Path out = stack.folder().resolve("launcher.out");
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
        .start();
  }

  static String output(TestStack stack) throws Exception {
    return Files.readString(stack.folder().resolve("launcher.out"));
  }
}
