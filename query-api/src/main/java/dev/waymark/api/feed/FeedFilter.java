package dev.waymark.api.feed;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.text.TextQuery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher is shown; what is null or empty does not restrict.
 *
 * @param scope the tenants and agents that the watcher's credential may see
 * @param types of events: reasoning, action_request …
 * @param severities of violations
 * @param text that a message's data must have
 */
public record FeedFilter(
    TenantScope scope,
    Set<FeedKind> kinds,
    @Nullable String runId,
    @Nullable String agentId,
    Set<String> types,
    Set<String> severities,
    @Nullable TextQuery text) {

  /** Whether the watcher may see the message and asked for it: the one place that decides so. */
  boolean admits(FeedMessage message) {
    FeedMessage.Facts facts = message.facts();
    return (scope.tenant().isEmpty() || scope.tenant().get().equals(facts.tenant()))
        && (scope.agents().isEmpty() || scope.agents().get().contains(facts.agentId()))
        && kinds.contains(message.kind())
        && (runId == null || runId.equals(facts.runId()))
        && (agentId == null || agentId.equals(facts.agentId()))
        && (types.isEmpty() || facts.type() == null || types.contains(facts.type()))
        && (severities.isEmpty()
            || facts.severity() == null
            || severities.contains(facts.severity()))
        && (text == null || text.matches(message.words()));
  }
}
