package dev.waymark.jobs;

import dev.waymark.jobs.check.CheckCommand;
import picocli.CommandLine;

/** Main of {@code waymark check}. */
public final class Check {
  private Check() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new CheckCommand()).execute(args));
  }
}
