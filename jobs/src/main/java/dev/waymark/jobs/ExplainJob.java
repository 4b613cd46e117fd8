package dev.waymark.jobs;

import dev.waymark.jobs.config.JobMain;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.explain.Explanation;

/** Main of an explanation: how every rule stands to one run. */
public final class ExplainJob {
  private ExplainJob() {}

  public static void main(String[] args) throws Exception {
    JobMain.run(() -> Explanation.submit(new Settings(args, System.getenv())));
  }
}
