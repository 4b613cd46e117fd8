package dev.waymark.jobs;

import dev.waymark.jobs.backtest.BacktestRun;
import dev.waymark.jobs.config.JobMain;
import dev.waymark.jobs.config.Settings;

/** Main of a backtest: draft rules over stored events, beside those in force. */
public final class BacktestJob {
  private BacktestJob() {}

  public static void main(String[] args) throws Exception {
    JobMain.run(() -> BacktestRun.submit(new Settings(args, System.getenv())));
  }
}
