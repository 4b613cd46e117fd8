package dev.waymark.client.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Where a command speaks: results to standard output, all else to standard error. */
public record Console(PrintWriter out, PrintWriter err) {
  public static Console of(CommandLine commandLine) {
    return new Console(commandLine.getOut(), commandLine.getErr());
  }

  public void result(String line) {
    out.println(line);
    out.flush();
  }

  /** Progress, or something the caller should know. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  public void warn(String line) {
    note("warning: " + line);
  }

  public void error(String line) {
    note("error: " + line);
  }
}
