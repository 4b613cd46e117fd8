package dev.waymark.client;

import dev.waymark.client.demo.DemoCommand;
import dev.waymark.client.rules.RulesCommand;
import dev.waymark.client.send.SendCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The client's part of the command line: what speaks to Kafka. */
@Command(
    name = "waymark",
    header = "Publishes agent events and manages the live rules.",
    subcommands = {SendCommand.class, RulesCommand.class, DemoCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "COMMAND --help says more, with examples."},
    mixinStandardHelpOptions = true)
public final class Main {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_LEVEL) == null) {
      // Kafka's clients tell of every connection; a command line says itself what matters.
      System.setProperty(LOG_LEVEL, "error");
    }
    System.exit(commandLine().execute(args));
  }

  /** The command line, for {@link #main} and for tests. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    tellVersion(commandLine);
    return commandLine;
  }

  private static void tellVersion(CommandLine commandLine) {
    String version = Main.class.getPackage().getImplementationVersion();
    commandLine.getCommandSpec().version("waymark " + (version == null ? "(unpacked)" : version));
    commandLine.getSubcommands().values().forEach(Main::tellVersion);
  }
}
