package dev.waymark.api.store;

import dev.waymark.api.text.JsonText;
import dev.waymark.api.text.TextQuery;
import dev.waymark.api.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The different words of a run's payloads, up to a limit, and how they are asked for. Beside them
 * stand its tenant and agents, marked by characters that no word has, so that one look in the index
 * serves words and filters.
 */
final class RunWords {
  /** Of a record, in characters; what stands behind cannot be searched for. */
  static final int RECORD_CHARS = 32_768;

  /** PostgreSQL takes a megabyte, with a few bytes beside each word. */
  private static final int MAX_BYTES = 800_000;

  private static final int BYTES_BESIDE = 8;
  private static final String PAYLOAD = "payload";
  private static final String TENANT = "=";
  private static final String AGENT = "@";

  private final int maxWords;
  private final Set<String> words = new LinkedHashSet<>();
  private final Set<String> marks = new LinkedHashSet<>();
  private int bytes;
  private boolean isCut;

  RunWords(String tenant, int maxWords) {
    this.maxWords = maxWords;
    marks.add(TENANT + tenant);
  }

  /** What of a record is searched. */
  static String textOf(String record) {
    return JsonText.of(record, PAYLOAD);
  }

  void take(String agent, String record) {
    marks.add(AGENT + agent);
    Words.each(textOf(record), this::take);
  }

  private void take(String word) {
    if (words.contains(word)) {
      return;
    }
    int more = word.getBytes(StandardCharsets.UTF_8).length + BYTES_BESIDE;
    if (words.size() == maxWords || bytes + more > MAX_BYTES) {
      isCut = true;
      return;
    }
    words.add(word);
    bytes += more;
  }

  boolean isCut() {
    return isCut;
  }

  List<String> all() {
    List<String> all = new ArrayList<>(words);
    all.addAll(marks);
    return all;
  }

  /**
   * A tsquery for runs that have all the words.
   *
   * @param tenant null: of any
   * @param agent null: of any
   */
  static String query(TextQuery text, @Nullable String tenant, @Nullable String agent) {
    List<String> terms = new ArrayList<>();
    text.words().forEach(word -> terms.add(quoted(word)));
    text.prefixes().forEach(prefix -> terms.add(quoted(prefix) + ":*"));
    if (tenant != null) {
      terms.add(quoted(TENANT + tenant));
    }
    if (agent != null) {
      terms.add(quoted(AGENT + agent));
    }
    return String.join(" & ", terms);
  }

  private static String quoted(String lexeme) {
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
