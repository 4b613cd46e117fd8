package dev.waymark.testkit.reference;

import java.util.List;
import java.util.stream.Stream;

/**
 * choice, exclusive_choice, co_existence, not_co_existence, responded_existence: which of a and b
 * occur at all.
 */
record OccurrenceJudge(Terms terms) implements Judge {

  @Override
  public int activations(Case in) {
    int as = terms.activations(in).size();
    return switch (terms.rule().template()) {
      case RESPONDED_EXISTENCE -> as;
      case CO_EXISTENCE, NOT_CO_EXISTENCE -> as + terms.targets(in).size();
      default -> 1;
    };
  }

  @Override
  public List<Break> breaks(Case in) {
    List<Occurrence> as = terms.activations(in);
    List<Occurrence> bs = terms.targets(in);
    boolean isBoth = !as.isEmpty() && !bs.isEmpty();
    boolean isNeither = as.isEmpty() && bs.isEmpty();
    return switch (terms.rule().template()) {
      case CHOICE -> isNeither ? atEnd(in) : List.of();
      case EXCLUSIVE_CHOICE -> isNeither ? atEnd(in) : isBoth ? both(in, as, bs) : List.of();
      case CO_EXISTENCE -> isNeither || isBoth ? List.of() : one(in, as, bs);
      case NOT_CO_EXISTENCE -> isBoth ? both(in, as, bs) : List.of();
      case RESPONDED_EXISTENCE ->
          bs.isEmpty() ? as.stream().map(a -> Break.at(in.end(), a)).toList() : List.of();
      default -> throw new IllegalStateException("not about occurring: " + terms.rule());
    };
  }

  private static List<Break> atEnd(Case in) {
    return List.of(Break.at(in.end()));
  }

  /** Certain with the event that makes it both. */
  private static List<Break> both(Case in, List<Occurrence> as, List<Occurrence> bs) {
    Occurrence a = as.get(0);
    Occurrence b = bs.get(0);
    List<Occurrence> inOrder = in.events().stream().filter(e -> e == a || e == b).toList();
    return List.of(new Break(inOrder.get(inOrder.size() - 1).time(), distinct(a, b)));
  }

  private static List<Occurrence> distinct(Occurrence a, Occurrence b) {
    return Stream.of(a, b).distinct().toList();
  }

  private static List<Break> one(Case in, List<Occurrence> as, List<Occurrence> bs) {
    return List.of(Break.at(in.end(), as.isEmpty() ? bs.get(0) : as.get(0)));
  }
}
