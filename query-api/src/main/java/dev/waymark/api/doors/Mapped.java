package dev.waymark.api.doors;

import dev.waymark.api.gateway.Candidate;
import dev.waymark.api.gateway.Rejection;
import java.util.ArrayList;
import java.util.List;

/** What a door made of a request: candidates for the gateway, and what cannot become one. */
public final class Mapped {
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Rejection> rejected = new ArrayList<>();

  public List<Candidate> candidates() {
    return candidates;
  }

  public List<Rejection> rejected() {
    return rejected;
  }

  public void add(Candidate candidate) {
    candidates.add(candidate);
  }

  public void reject(int index, UnmappableException problem) {
    rejected.add(new Rejection(index, problem.path(), problem.reason()));
  }
}
