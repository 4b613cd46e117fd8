package dev.waymark.jobs.config;

/** What moves time. */
public enum TimeMode {
  /** Heartbeats as well as events: deadlines fire though all agents are silent. */
  LIVE,
  /** Events and what is written with them alone: history and tests. */
  LOG
}
