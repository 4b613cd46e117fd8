package dev.waymark.checks.text;

import java.util.function.Consumer;

/**
 * Finds spans of some kind in a passage. Linear in the text whatever it holds; stateless, safe for
 * concurrent use.
 */
public interface Detector {
  void find(Passage passage, Consumer<Span> found);
}
