package dev.waymark.checks.attack;

import dev.waymark.checks.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The words of a text that mean something here, with the number of the word and of its sentence.
 * Every question looks a bounded number of words far, so all are linear in the text.
 */
final class ConceptWords {
  private final List<Set<Concept>> concepts = new ArrayList<>();
  private int[] word = new int[32];
  private int[] sentence = new int[32];

  ConceptWords(Tokens tokens) {
    int words = 0;
    int sentences = 0;
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isSymbol(i)) {
        sentences += ".!?;".indexOf(tokens.first(i)) >= 0 && !tokens.touchesNext(i) ? 1 : 0;
        continue;
      }
      Set<Concept> meant = Concept.of(tokens.lower(i));
      if (!meant.isEmpty()) {
        add(meant, words, sentences);
      }
      words++;
    }
  }

  private void add(Set<Concept> meant, int words, int sentences) {
    int count = concepts.size();
    if (count == word.length) {
      word = Arrays.copyOf(word, count * 2);
      sentence = Arrays.copyOf(sentence, count * 2);
    }
    concepts.add(meant);
    word[count] = words;
    sentence[count] = sentences;
  }

  int count() {
    return concepts.size();
  }

  /** Which word of the text it is. */
  int wordOf(int i) {
    return word[i];
  }

  boolean is(int i, Concept concept) {
    return concepts.get(i).contains(concept);
  }

  /** The next word of a concept after one, at most so many words on, in one sentence; else -1. */
  int after(int i, Concept concept, int reach) {
    for (int next = i + 1; next < count() && word[next] - word[i] <= reach; next++) {
      if (sentence[next] != sentence[i]) {
        return -1;
      }
      if (concepts.get(next).contains(concept)) {
        return next;
      }
    }
    return -1;
  }

  /** Whether a word of a concept comes at most so many words before, in one sentence. */
  boolean isBefore(int i, Concept concept, int reach) {
    for (int at = i - 1; at >= 0 && word[i] - word[at] <= reach; at--) {
      if (sentence[at] != sentence[i]) {
        return false;
      }
      if (concepts.get(at).contains(concept)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word of a concept lies at most so many words away, in any sentence. */
  boolean isAround(int i, Concept concept, int reach) {
    for (int at = i - 1; at >= 0 && word[i] - word[at] <= reach; at--) {
      if (concepts.get(at).contains(concept)) {
        return true;
      }
    }
    for (int at = i + 1; at < count() && word[at] - word[i] <= reach; at++) {
      if (concepts.get(at).contains(concept)) {
        return true;
      }
    }
    return false;
  }
}
