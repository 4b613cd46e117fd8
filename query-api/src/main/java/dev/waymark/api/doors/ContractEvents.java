package dev.waymark.api.doors;

import dev.waymark.api.gateway.Candidate;
import java.util.List;

/** Records that follow the event contract already: they are cut apart and stay as they are. */
public final class ContractEvents {
  private final EventSplitter splitter;

  public ContractEvents(int maxEvents) {
    this.splitter = new EventSplitter(maxEvents);
  }

  /** One event, or an array of them. */
  public Mapped json(byte[] body) throws UnmappableException, TooManyEventsException {
    return all(splitter.json(body));
  }

  /** One event a line. */
  public Mapped lines(byte[] body) throws TooManyEventsException {
    return all(splitter.lines(body));
  }

  private static Mapped all(List<Candidate> candidates) {
    Mapped mapped = new Mapped();
    candidates.forEach(mapped::add);
    return mapped;
  }
}
