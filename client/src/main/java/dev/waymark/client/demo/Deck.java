package dev.waymark.client.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Deals a trade's faults to its runs: each deck holds every fault exactly as often as its share
 * says, shuffled by the seed. The very first run has the first fault of its trade, one that shows
 * at once, so that nobody waits for the first violation.
 */
final class Deck {
  private final AgentKind kind;
  private final Random random;
  private List<Optional<Misbehaviour>> cards = List.of();
  private int dealt;
  private boolean isFirst = true;

  Deck(AgentKind kind, long seed) {
    this.kind = kind;
    this.random = new Random(seed);
  }

  /** The fault of the next run; empty: none. */
  Optional<Misbehaviour> deal() {
    if (dealt == cards.size()) {
      cards = shuffled();
      dealt = 0;
    }
    return cards.get(dealt++);
  }

  private List<Optional<Misbehaviour>> shuffled() {
    List<Optional<Misbehaviour>> deck = new ArrayList<>();
    for (Misbehaviour fault : Misbehaviour.of(kind)) {
      deck.addAll(Collections.nCopies(fault.runsPerDeck(), Optional.of(fault)));
    }
    deck.addAll(Collections.nCopies(Misbehaviour.DECK_SIZE - deck.size(), Optional.empty()));
    Optional<Misbehaviour> opening = deck.get(0);
    Collections.shuffle(deck, random);
    if (isFirst) {
      isFirst = false;
      Collections.swap(deck, 0, deck.indexOf(opening));
    }
    return deck;
  }
}
