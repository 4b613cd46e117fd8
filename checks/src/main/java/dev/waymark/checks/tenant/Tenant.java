package dev.waymark.checks.tenant;

import dev.waymark.checks.CheckName;
import dev.waymark.checks.pii.PiiKind;
import dev.waymark.schemas.rule.Glob;
import dev.waymark.schemas.rule.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is checked of a tenant's events, and what follows from it. Made by {@link TenantsParser}.
 *
 * @param id {@value #ANY}: all tenants that have no entry of their own
 * @param isShadow whether findings are noted only and nothing is refused; redaction goes on
 * @param refused severities of findings that refuse an event
 * @param redacts whether personal data and secrets are replaced before an event is stored
 * @param checks severity of a check's findings; a check that is missing is switched off
 * @param piiKinds which personal data is looked for
 * @param phoneRegions where phone numbers without a country code may belong to
 * @param refusesUnknownAgents whether events of agents that are not listed are denied
 */
public record Tenant(
    String id,
    boolean isShadow,
    Set<Severity> refused,
    boolean redacts,
    SignatureMode signature,
    Map<CheckName, Severity> checks,
    Set<PiiKind> piiKinds,
    Set<String> phoneRegions,
    boolean refusesUnknownAgents,
    List<Agent> agents,
    List<Policy> policies) {
  /** The id that stands for every tenant without an entry. */
  public static final String ANY = "*";

  /** The agent of that very id, else the first whose glob matches. */
  public Optional<Agent> agent(String agentId) {
    @Nullable Agent matching = null;
    for (Agent agent : agents) {
      if (agent.id().equals(agentId)) {
        return Optional.of(agent);
      }
      if (matching == null && Glob.matches(agent.id(), agentId)) {
        matching = agent;
      }
    }
    return Optional.ofNullable(matching);
  }
}
