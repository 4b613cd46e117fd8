package dev.waymark.checks.attack;

import dev.waymark.checks.text.Tokens;
import java.util.Arrays;

/**
 * The words of a text that mean something here, with the number of the word and of its sentence.
 * Every question looks a bounded number of words far, so all are linear in the text.
 */
final class ConceptWords {
  private static final int FEW = 16;

  /** Most texts have none. */
  private long[] meant = {};

  private int[] word = {};
  private int[] sentence = {};
  private int count;

  ConceptWords(Tokens tokens) {
    int words = 0;
    int sentences = 0;
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isSymbol(i)) {
        sentences += ".!?;".indexOf(tokens.first(i)) >= 0 && !tokens.touchesNext(i) ? 1 : 0;
        continue;
      }
      long concepts = Concept.of(tokens, i);
      if (concepts != 0) {
        add(concepts, words, sentences);
      }
      words++;
    }
  }

  private void add(long concepts, int words, int sentences) {
    if (count == word.length) {
      int room = Math.max(FEW, count * 2);
      meant = Arrays.copyOf(meant, room);
      word = Arrays.copyOf(word, room);
      sentence = Arrays.copyOf(sentence, room);
    }
    meant[count] = concepts;
    word[count] = words;
    sentence[count++] = sentences;
  }

  int count() {
    return count;
  }

  /** Which word of the text it is. */
  int wordOf(int i) {
    return word[i];
  }

  boolean is(int i, Concept concept) {
    return isAny(i, concept.bit());
  }

  /** Whether it can mean one of several concepts. */
  boolean isAny(int i, long concepts) {
    return (meant[i] & concepts) != 0;
  }

  /** The next word of a concept after one, at most so many words on, in one sentence; else -1. */
  int after(int i, Concept concept, int reach) {
    for (int next = i + 1; next < count && word[next] - word[i] <= reach; next++) {
      if (sentence[next] != sentence[i]) {
        return -1;
      }
      if (is(next, concept)) {
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
      if (is(at, concept)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word of a concept lies at most so many words away, in any sentence. */
  boolean isAround(int i, Concept concept, int reach) {
    for (int at = i - 1; at >= 0 && word[i] - word[at] <= reach; at--) {
      if (is(at, concept)) {
        return true;
      }
    }
    for (int at = i + 1; at < count && word[at] - word[i] <= reach; at++) {
      if (is(at, concept)) {
        return true;
      }
    }
    return false;
  }
}
