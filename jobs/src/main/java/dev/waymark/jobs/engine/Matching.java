package dev.waymark.jobs.engine;

/** What judges the templates that have a form for flink-cep. */
public enum Matching {
  /** A judge of their own, which is the faster. */
  AUTO,
  /** flink-cep's NFA, which finds the same. */
  CEP
}
