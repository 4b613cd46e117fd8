package dev.waymark.schemas.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of one rule, valid by construction: {@link RuleParser} makes it. Immutable; a change
 * is a new version. Fields that the template does not take are null, empty or at their default.
 *
 * @param key the fields whose values make a case: {@code run}, {@code agent}, {@code tenant},
 *     {@code user}, {@code session} or a dotted path into the event
 * @param windowMicros length of the sliding window in µs; null: the whole case
 * @param caseConfig when its cases end
 */
public record Rule(
    String id,
    Kind kind,
    Template template,
    @Nullable Matcher activation,
    @Nullable Matcher target,
    List<Correlation> correlate,
    @Nullable Within within,
    int n,
    @Nullable Long windowMicros,
    @Nullable Matcher when,
    List<Step> steps,
    boolean ordered,
    boolean expect,
    double zeta,
    List<String> key,
    CaseConfig caseConfig,
    Scope scope,
    Severity severity,
    Mode mode,
    OnChange onChange,
    List<String> tags,
    String description,
    String remedy) {

  /** Key of the cases that are runs. */
  public static final List<String> RUN_KEY = List.of("run");

  public boolean isKeyedByRun() {
    return key.equals(RUN_KEY);
  }

  /** Digest of the canonical form: the rule's version. */
  public String version() {
    return RuleJson.version(this);
  }
}
