package dev.waymark.api.gateway;

import jakarta.inject.Singleton;
import java.util.List;

/**
 * The one place where events pass after every door's mapping and before storage of any kind: their
 * structure is known to be right, their payloads are still whole. Admits all.
 */
@Singleton
public final class Gate {
  /** Looks at the events of one request, in their order. */
  public Admission admit(List<Submission> submissions) {
    return new Admission(submissions, List.of());
  }
}
