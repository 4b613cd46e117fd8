package dev.waymark.schemas.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conjunction over one event: all field tests, not the negated matcher, and the CEL condition.
 *
 * @param not what must not match; null: nothing
 * @param where a CEL expression over {@code event}; null: none
 */
public record Matcher(List<FieldTest> tests, @Nullable Matcher not, @Nullable String where) {
  /** Matches every event. */
  public static final Matcher ANY = new Matcher(List.of(), null, null);
}
