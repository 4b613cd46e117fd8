package dev.waymark.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line of the local stack: {@code up}, {@code status}, {@code down}. Started by the
 * script {@code waymark}, which says where the project is ({@code waymark.home}) and whether the
 * output is a terminal ({@code waymark.tty}).
 */
@Command(
    name = "waymark",
    mixinStandardHelpOptions = true,
    description = "The whole stack on this machine, without Docker.",
    subcommands = {Main.Up.class, Main.Status.class, Main.Down.class})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The commands with all settings as options. */
  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new Main());
    commands.getSubcommands().forEach(Main::addSettings);
    // UTF-8 whatever the locale says: the marks are not ASCII.
    commands.setOut(new PrintWriter(standardOutput(), true, StandardCharsets.UTF_8));
    return commands;
  }

  /** All of them for the command that starts a stack; the others only need to find it. */
  private static void addSettings(String name, CommandLine command) {
    Set<Setting> settings =
        name.equals("up") ? EnumSet.allOf(Setting.class) : Set.of(Setting.DATA_DIR);
    for (Setting setting : settings) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder(setting.flag())
                  .paramLabel(setting.label())
                  .type(String.class)
                  .description(help(setting))
                  .build());
    }
  }

  private static String help(Setting setting) {
    String fallback = setting.fallback() == null ? "" : ", default " + setting.fallback();
    return Text.of("%s [%s%s]", setting.description(), setting.env(), fallback);
  }

  private static PrintStream standardOutput() {
    return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  }

  /** What all commands have in common: where the project is and what the flags say. */
  abstract static class Base implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    Path home() {
      return Path.of(System.getProperty("waymark.home", "")).toAbsolutePath().normalize();
    }

    Map<Setting, String> flags() {
      Map<Setting, String> flags = new EnumMap<>(Setting.class);
      for (Setting setting : Setting.values()) {
        OptionSpec option = spec.findOption(setting.flag());
        if (option != null && option.getValue() != null) {
          flags.put(setting, option.getValue());
        }
      }
      return flags;
    }

    Progress progress(DataDir data) {
      return new Progress(
          standardOutput(), Boolean.getBoolean("waymark.tty"), data.log(Launcher.NAME));
    }

    @Override
    public Integer call() throws Exception {
      try {
        return run();
      } catch (InvalidConfigException e) {
        List<String> problems = e.problems();
        problems.forEach(problem -> System.err.println(problem));
        return CommandLine.ExitCode.USAGE;
      }
    }

    abstract int run() throws Exception;
  }

  /** Starts the stack and stays until it is stopped. */
  @Command(
      name = "up",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Starts PostgreSQL, Kafka, Flink, the jobs and the API on 127.0.0.1 and stays in the foreground.",
        "Ctrl-C stops all, the jobs with a savepoint from which the next start goes on; data is kept."
      })
  static final class Up extends Base {
    @Option(names = "--demo", description = "Adds simulated agents that misbehave now and then.")
    private boolean demo;

    @Override
    int run() throws Exception {
      StackConfig config = StackConfig.from(home(), flags(), System.getenv());
      config.data().create();
      new Preflight(config).check();
      try (Progress progress = progress(config.data())) {
        return new Launcher(config, Parts.of(config, demo), progress).run();
      }
    }
  }

  /** Says how the stack is. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = {
        "Shows what runs, its health, and how the jobs keep up.",
        "Exit code 0: healthy, 1: something is wrong, 3: not running."
      })
  static final class Status extends Base {
    @Override
    int run() throws Exception {
      DataDir data = StackConfig.dataDir(home(), flags(), System.getenv());
      return new StackStatus(data, standardOutput()).show();
    }
  }

  /** Stops the stack from another terminal. */
  @Command(
      name = "down",
      mixinStandardHelpOptions = true,
      description = "Stops a stack as Ctrl-C in its terminal does, and what a killed one has left.")
  static final class Down extends Base {
    @Override
    int run() throws Exception {
      DataDir data = StackConfig.dataDir(home(), flags(), System.getenv());
      return new Stopper(data, standardOutput(), this::progress).stop();
    }
  }
}
