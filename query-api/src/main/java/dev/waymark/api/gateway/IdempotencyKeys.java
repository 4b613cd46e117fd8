package dev.waymark.api.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the {@code Idempotency-Key} of a request to its events. One event gets the key itself, of
 * several each gets the key, {@code #} and its place. An event that has a key of its own keeps it,
 * byte for byte.
 */
final class IdempotencyKeys {
  private IdempotencyKeys() {}

  static List<Candidate> give(List<Candidate> candidates, int ofHowMany, String key) {
    List<Candidate> keyed = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      String own = ofHowMany == 1 ? key : key + '#' + candidate.index();
      keyed.add(new Candidate(candidate.index(), give(candidate.record(), own)));
    }
    return keyed;
  }

  private static byte[] give(byte[] record, String key) {
    return MetaField.give(record, "idempotency_key", key);
  }
}
