package dev.waymark.jobs.engine;

import dev.waymark.schemas.violation.Violation;

/**
 * News of a case in which a {@code profile} rule had gaps. Its gaps are judged elsewhere, each with
 * those of its agent; here they come together again, so that the case is decided once.
 */
public record ProfileCase(
    String tenant, String ruleId, String ruleVersion, String caseId, News news) {

  /** What there is to tell. */
  public enum News {
    /** A gap of it is a violation. */
    BROKEN,
    /** The case ended. */
    ENDED,
    /** The rule was changed in mid-case, and the case goes on under the new version. */
    SUPERSEDED
  }

  static ProfileCase broken(Violation found) {
    return new ProfileCase(
        found.tenant(), found.ruleId(), found.ruleVersion(), found.caseId(), News.BROKEN);
  }

  /** What Flink keys it by. */
  public String partitionKey() {
    return tenant + '\0' + ruleId + '\0' + ruleVersion + '\0' + caseId;
  }
}
