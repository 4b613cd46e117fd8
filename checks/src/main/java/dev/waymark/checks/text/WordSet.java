package dev.waymark.checks.text;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lower-case words that tokens are looked up in without making texts of them: only those whose hash
 * is a word's are compared. Immutable.
 */
public final class WordSet {
  private static final int SPARE = 4;

  private final Set<String> words;
  private final int[] hashes;

  private WordSet(Set<String> words) {
    this.words = words;
    this.hashes = new int[Integer.highestOneBit(words.size() * SPARE) * 2];
    for (String word : words) {
      add(word.hashCode());
    }
  }

  public static WordSet of(String... words) {
    return new WordSet(Set.of(words));
  }

  public static WordSet of(Set<String> words) {
    return new WordSet(Set.copyOf(words));
  }

  public static WordSet union(WordSet... sets) {
    return new WordSet(
        Stream.of(sets).flatMap(set -> set.words.stream()).collect(Collectors.toUnmodifiableSet()));
  }

  private void add(int hash) {
    int at = slot(hash);
    while (hashes[at] != 0) {
      at = at + 1 & hashes.length - 1;
    }
    hashes[at] = hash;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & hashes.length - 1;
  }

  /** Whether a token is one of the words, in any case; false outside the text. */
  public boolean contains(Tokens tokens, int i) {
    return mayContain(tokens.hash(i)) && words.contains(tokens.lower(i));
  }

  /** Whether a part of a text is one of the words, in any case. */
  public boolean contains(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c > 127) {
        return hasPart(text, start, end);
      }
      hash = 31 * hash + Chars.toLowerCase(c);
    }
    return mayContain(hash) && hasPart(text, start, end);
  }

  private boolean hasPart(String text, int start, int end) {
    return words.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
  }

  /** Whether a word could have this hash; 0, which is none's, is never found. */
  private boolean mayContain(int hash) {
    for (int at = slot(hash); hashes[at] != 0; at = at + 1 & hashes.length - 1) {
      if (hashes[at] == hash) {
        return true;
      }
    }
    return false;
  }
}
