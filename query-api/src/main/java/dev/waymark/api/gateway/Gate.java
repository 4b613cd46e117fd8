package dev.waymark.api.gateway;

import dev.waymark.checks.Checked;
import dev.waymark.checks.Checks;
import dev.waymark.checks.Finding;
import dev.waymark.checks.Violations;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.violation.Violation;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place where events pass after every door's mapping and before storage of any kind: their
 * structure is known to be right, their payloads are still whole. Applies the checks that their
 * tenant has.
 */
@Singleton
final class Gate {
  private final CurrentChecks current;

  Gate(CurrentChecks current) {
    this.current = current;
  }

  /** Looks at the events of one request, in their order. */
  Admission admit(List<Submission> submissions) {
    Checks checks = current.get();
    List<Submission> admitted = new ArrayList<>(submissions.size());
    List<Refusal> refused = new ArrayList<>();
    for (Submission submission : submissions) {
      if (submission.decoded() instanceof Event event) {
        pass(submission, event, checks.apply(event), admitted, refused);
      } else {
        // The end of a run carries nothing that could be looked at.
        admitted.add(submission);
      }
    }
    return new Admission(admitted, refused);
  }

  private static void pass(
      Submission submission,
      Event event,
      Checked checked,
      List<Submission> admitted,
      List<Refusal> refused) {
    List<Violation> violations =
        checked.findings().stream()
            .map(finding -> Violations.of(event, finding, checked.isRefused()))
            .toList();
    Submission safe =
        new Submission(submission.index(), submission.decoded(), checked.bytes(), violations);
    if (checked.isRefused()) {
      refused.add(new Refusal(safe, rejection(submission.index(), checked)));
    } else {
      admitted.add(safe);
    }
  }

  /** Names the gravest finding, the first of them. */
  private static Rejection rejection(int index, Checked checked) {
    Finding gravest = checked.findings().get(0);
    for (Finding finding : checked.findings()) {
      if (finding.severity().compareTo(gravest.severity()) > 0) {
        gravest = finding;
      }
    }
    int others = checked.findings().size() - 1;
    return new Rejection(
        index,
        gravest.path().isEmpty() ? "record" : gravest.path(),
        "refused by the check "
            + gravest.check().code()
            + ": "
            + gravest.message()
            + (others == 0 ? "" : "; findings beside it: " + others));
  }
}
