package dev.waymark.checks;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.violation.Evidence;
import dev.waymark.schemas.violation.Violation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Findings as violations of kind {@value #KIND}. The id is a hash of tenant, run, event, check,
 * kind and path: the same finding of the same event is one violation wherever and however often it
 * is found.
 */
public final class Violations {
  /** The kind of all of them. */
  public static final String KIND = "check";

  private static final String RULE_PREFIX = "check-";
  private static final String TOO_LATE = "too_late";
  private static final int ID_LENGTH = 32;

  private Violations() {}

  /** The violation that a finding is at a door. */
  public static Violation of(Event event, Finding finding, boolean isRefused) {
    return of(event, finding, String.valueOf(isRefused));
  }

  /**
   * The same of an event that is in the log already, where nobody can refuse it any more.
   *
   * @param isTooLate whether a door would have refused it
   */
  public static Violation inLog(Event event, Finding finding, boolean isTooLate) {
    return of(event, finding, isTooLate ? TOO_LATE : "false");
  }

  private static Violation of(Event event, Finding finding, String refused) {
    String ruleId = RULE_PREFIX + finding.check().code().replace('_', '-');
    return new Violation(
        hash(
                event.tenant(),
                event.runId(),
                event.identity(),
                ruleId,
                finding.kind(),
                finding.path())
            .substring(0, ID_LENGTH),
        event.tenant(),
        ruleId,
        hash(ruleId, "1"),
        KIND,
        finding.check().code(),
        finding.severity().name(),
        event.runId(),
        event.runId(),
        event.runId(),
        event.agentId(),
        event.timeMicros(),
        message(finding),
        List.of(
            new Evidence(
                event.runId(), event.seq(), event.timeMicros(), event.identity(), "event")),
        Map.of("path", finding.path(), "found", finding.kind(), "refused", refused),
        List.of(),
        "Found by the check " + finding.check().code() + " before the event was judged.",
        "",
        false,
        0);
  }

  private static String message(Finding finding) {
    return finding.path().isEmpty() ? finding.message() : finding.path() + ": " + finding.message();
  }

  private static String hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
