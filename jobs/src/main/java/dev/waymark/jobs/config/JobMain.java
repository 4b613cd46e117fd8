package dev.waymark.jobs.config;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The part of every {@code main} that answers bad configuration: all problems, exit code 2. */
public final class JobMain {
  private static final int BAD_CONFIGURATION = 2;

  private JobMain() {}

  /** What a job's {@code main} does. */
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  /** Runs {@code body}; bad settings end the process before anything has started. */
  public static void run(Body body) throws Exception {
    try {
      body.run();
    } catch (InvalidSettingsException e) {
      if (isInsideFlink()) {
        throw e;
      }
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
    }
  }

  /**
   * Submitted over REST, {@code main} runs in the JobManager, which must not exit; there and in
   * {@code flink run} Flink reports the exception.
   */
  private static boolean isInsideFlink() {
    return !StreamExecutionEnvironment.areExplicitEnvironmentsAllowed();
  }
}
