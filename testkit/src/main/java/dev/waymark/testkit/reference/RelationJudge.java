package dev.waymark.testkit.reference;

import java.util.List;
import java.util.stream.Stream;

/** The templates that order a and b: response, precedence and what is made of them. */
record RelationJudge(Terms terms) implements Judge {

  @Override
  public int activations(Case in) {
    int as = terms.activations(in).size();
    return switch (terms.rule().template()) {
      case SUCCESSION, ALTERNATE_SUCCESSION, CHAIN_SUCCESSION -> as + terms.targets(in).size();
      default -> as;
    };
  }

  @Override
  public List<Break> breaks(Case in) {
    Relation ofA = new Relation(in, terms.a(), terms.b(), terms.answers(), terms.rule().within());
    Relation ofB =
        new Relation(
            in, terms.b(), terms.a(), (b, a) -> terms.answers().test(a, b), terms.rule().within());
    return switch (terms.rule().template()) {
      case RESPONSE -> ofA.response();
      case PRECEDENCE -> ofA.precedence();
      case SUCCESSION -> both(ofA.response(), ofB.precedence());
      case ALTERNATE_RESPONSE -> ofA.alternateResponse();
      case ALTERNATE_PRECEDENCE -> ofA.alternatePrecedence();
      case ALTERNATE_SUCCESSION -> both(ofA.alternateResponse(), ofB.alternatePrecedence());
      case CHAIN_RESPONSE -> ofA.chainResponse();
      case CHAIN_PRECEDENCE -> ofA.chainPrecedence();
      case CHAIN_SUCCESSION -> both(ofA.chainResponse(), ofB.chainPrecedence());
      case NOT_SUCCESSION -> ofA.notSuccession();
      case NOT_CHAIN_SUCCESSION -> ofA.notChainSuccession();
      default -> throw new IllegalStateException("no ordering template: " + terms.rule());
    };
  }

  private static List<Break> both(List<Break> ofA, List<Break> ofB) {
    return Stream.concat(ofA.stream(), ofB.stream()).toList();
  }
}
