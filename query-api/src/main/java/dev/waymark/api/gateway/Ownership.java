package dev.waymark.api.gateway;

/** Gives events that name no tenant to that of their sender. */
final class Ownership {
  private static final String FIELD = "tenant";

  private Ownership() {}

  static Candidate give(Candidate candidate, String tenant) {
    return new Candidate(candidate.index(), MetaField.give(candidate.record(), FIELD, tenant));
  }
}
