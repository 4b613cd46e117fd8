package dev.waymark.schemas.rule;

import java.util.List;

/** One field of a matcher and the globs of which any must match it. */
public record FieldTest(MatchField field, List<String> globs) {}
