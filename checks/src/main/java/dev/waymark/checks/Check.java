package dev.waymark.checks;

import dev.waymark.checks.tenant.Tenant;

/** One of the checks. Safe for concurrent use; never throws on data. */
interface Check {
  CheckName name();

  void check(EventContent content, Tenant tenant, Report report);
}
