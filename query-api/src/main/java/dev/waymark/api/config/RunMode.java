package dev.waymark.api.config;

/** How strict the start is about secrets. */
public enum RunMode {
  /** Secrets that are missing are made up or done without: for one machine. */
  DEV,
  /** Every secret must be given; the process does not start otherwise. */
  PRODUCTION
}
