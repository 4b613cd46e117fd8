package dev.waymark.checks;

import dev.waymark.checks.tenant.Policy;
import dev.waymark.checks.tenant.Tenant;
import dev.waymark.schemas.rule.Condition.Outcome;

/** The tenant's policies. One that cannot be evaluated denies: else a wrong type would be a way. */
final class PolicyCheck implements Check {
  @Override
  public CheckName name() {
    return CheckName.POLICY;
  }

  @Override
  public void check(EventContent content, Tenant tenant, Report report) {
    for (Policy policy : tenant.policies()) {
      Outcome outcome = policy.deny().test(content.fields());
      if (outcome != Outcome.FALSE) {
        String how = outcome == Outcome.ERROR ? " (it could not be evaluated)" : "";
        report.add(name(), policy.id(), policy.severity(), "", policy.message() + how);
      }
    }
  }
}
