package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.ViolationFilter;
import dev.waymark.api.store.ViolationStore;
import dev.waymark.api.store.ViolationView;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Binds {@link ViolationOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ViolationController implements ViolationOperations {
  private final ViolationStore violations;

  ViolationController(ViolationStore violations) {
    this.violations = violations;
  }

  @Override
  public PageView<ViolationView> list(ViolationsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    ViolationFilter filter =
        new ViolationFilter(
            parameters.name("rule", query.rule()),
            parameters.oneOf("kind", query.kind(), Choices.KINDS),
            parameters.oneOf("severity", query.severity(), Choices.SEVERITIES),
            parameters.name("agent", query.agent()),
            parameters.name("run", query.run()),
            parameters.range(query.from(), query.to()));
    PageRequest page = parameters.page(Cursor.Kind.VIOLATIONS, query.limit(), query.cursor());
    parameters.check();
    return violations.list(scope, filter, page);
  }

  @Override
  public ViolationView violation(String violationId) {
    Parameters parameters = new Parameters();
    parameters.text("violation_id", violationId);
    parameters.check();
    ViolationView found =
        violations
            .find(CurrentCaller.get().scope(null), violationId)
            .orElseThrow(() -> ProblemException.notFound("violation", violationId));
    CurrentCaller.tellsOf(found.tenant());
    return found;
  }
}
