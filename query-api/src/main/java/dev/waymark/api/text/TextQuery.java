package dev.waymark.api.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What text is searched for: it must have every one of the words, in any order. A word that ends
 * with {@code *} stands for all that begin with it.
 *
 * @param words at least one of these or of the prefixes
 */
public record TextQuery(Set<String> words, Set<String> prefixes) {
  private static final int MAX_WORDS = 16;

  /** What stands before a hit in a snippet, and how long a snippet is, in characters. */
  private static final int LEAD = 60;

  private static final int SNIPPET = 240;

  /** A stretch of a snippet, in UTF-16 units from its begin. */
  public record Stretch(int start, int end) {}

  /** A part of a text around the first of the words in it. */
  public record Snippet(String text, List<Stretch> highlights) {}

  /** Reads what somebody typed; empty where it has no word, or more than {@value #MAX_WORDS}. */
  public static Optional<TextQuery> parse(String typed) {
    Set<String> words = new LinkedHashSet<>();
    Set<String> prefixes = new LinkedHashSet<>();
    Words.find(
        typed,
        (word, start, end) -> {
          boolean isPrefix = end < typed.length() && typed.charAt(end) == '*';
          (isPrefix ? prefixes : words).add(word);
        });
    int count = words.size() + prefixes.size();
    return count == 0 || count > MAX_WORDS
        ? Optional.empty()
        : Optional.of(new TextQuery(Set.copyOf(words), Set.copyOf(prefixes)));
  }

  /** Whether a text of these words has all that is searched for. */
  public boolean matches(Set<String> text) {
    return text.containsAll(words)
        && prefixes.stream().allMatch(prefix -> text.stream().anyMatch(w -> w.startsWith(prefix)));
  }

  /** The place to show; empty where the text has not all that is searched for. */
  public Optional<Snippet> snippet(String text) {
    List<Stretch> hits = new ArrayList<>();
    Set<String> found = new HashSet<>();
    Words.find(
        text,
        (word, start, end) -> {
          if (words.contains(word)) {
            found.add(word);
            hits.add(new Stretch(start, end));
          } else if (prefixes.stream().anyMatch(word::startsWith)) {
            found.add(word);
            hits.add(new Stretch(start, end));
          }
        });
    return hits.isEmpty() || !matches(found) ? Optional.empty() : Optional.of(cut(text, hits));
  }

  private static Snippet cut(String text, List<Stretch> hits) {
    int from = boundary(text, Math.max(0, hits.get(0).start() - LEAD));
    int to = boundary(text, Math.min(text.length(), from + SNIPPET));
    List<Stretch> shown =
        hits.stream()
            .filter(hit -> hit.end() <= to)
            .map(hit -> new Stretch(hit.start() - from, hit.end() - from))
            .toList();
    return new Snippet(text.substring(from, to).replace('\n', ' '), shown);
  }

  /** Not between the halves of one character. */
  private static int boundary(String text, int at) {
    boolean isWithin = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
    return isWithin ? at - 1 : at;
  }
}
