package dev.waymark.testkit.reference;

import dev.waymark.schemas.rule.Template;
import java.util.List;

/** init, end: what the case's first or last event is. */
record PositionJudge(Terms terms) implements Judge {

  @Override
  public int activations(Case in) {
    return 1;
  }

  @Override
  public List<Break> breaks(Case in) {
    boolean isInit = terms.rule().template() == Template.INIT;
    Occurrence judged = isInit ? in.first() : in.last();
    return terms.a().test(judged)
        ? List.of()
        : List.of(Break.at(isInit ? in.first().time() : in.end(), judged));
  }
}
