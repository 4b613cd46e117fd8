package dev.waymark.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** pattern: whether events of the case spell the steps, one match per first event. */
final class PatternJudge implements Judge {
  private final Terms terms;
  private final Pattern pattern;

  PatternJudge(Terms terms) {
    this.terms = terms;
    this.pattern = Pattern.of(terms);
  }

  @Override
  public int activations(Case in) {
    if (terms.rule().expect()) {
      return 1;
    }
    return (int) in.events().stream().filter(pattern::isFirstStep).count();
  }

  @Override
  public List<Break> breaks(Case in) {
    List<Break> matches = new ArrayList<>();
    for (int first = 0; first < in.size(); first++) {
      Optional<PatternMatch> match = new PatternSearch(pattern, in, first).earliest();
      match.ifPresent(
          found ->
              matches.add(
                  new Break(found.moment(), found.positions().stream().map(in::at).toList())));
    }
    if (terms.rule().expect()) {
      return matches.isEmpty() ? List.of(Break.at(in.end())) : List.of();
    }
    return matches;
  }
}
