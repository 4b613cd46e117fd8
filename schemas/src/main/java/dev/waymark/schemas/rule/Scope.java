package dev.waymark.schemas.rule;

/** Whose events a rule is about: globs over tenant and agent. */
public record Scope(String tenant, String agent) {
  public static final Scope EVERYTHING = new Scope("*", "*");
}
