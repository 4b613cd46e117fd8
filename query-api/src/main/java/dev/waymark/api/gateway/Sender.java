package dev.waymark.api.gateway;

import dev.waymark.schemas.event.Event;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose events a request may bring.
 *
 * @param tenant of all of them; null: any
 * @param agents whose they may be; null: anybody's
 */
public record Sender(@Nullable String tenant, @Nullable List<String> agents) {
  /** Who may bring everything. */
  public static final Sender ANY = new Sender(null, null);

  /** Whether it is of another tenant, or names none. */
  boolean isForeign(Submission submission) {
    return tenant != null && submission.tenant().filter(own -> !own.equals(tenant)).isPresent();
  }

  /** Why it may not be taken from this sender. */
  Optional<Rejection> objection(Submission submission) {
    if (isForeign(submission)) {
      return Optional.of(
          new Rejection(submission.index(), "meta.tenant", "must be that of the credential"));
    }
    boolean isOthers =
        agents != null
            && submission.decoded() instanceof Event event
            && !agents.contains(event.agentId());
    return isOthers
        ? Optional.of(
            new Rejection(
                submission.index(), "meta.agent_id", "must be an agent of the credential"))
        : Optional.empty();
  }
}
