package dev.waymark.client;

import dev.waymark.client.send.SendCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The client's part of the command line: what speaks to Kafka. */
@Command(
    name = "waymark",
    header = "Publishes agent events and manages the live rules.",
    subcommands = {SendCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "COMMAND --help says more, with examples."},
    mixinStandardHelpOptions = true)
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for {@link #main} and for tests. */
  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }
}
