package dev.waymark.checks.attack;

import com.google.re2j.Pattern;
import dev.waymark.checks.text.Passage;
import java.util.Locale;
import java.util.Set;

/**
 * Finds values that would break out of a SQL statement they are put into: a closed quote with a
 * condition that always holds, a second statement, a union, a comment that cuts the rest off, and
 * functions that only attackers call. A whole statement is no injection by being one; in it only
 * conditions that always hold and such functions count. Linear in the text (RE2); safe for
 * concurrent use.
 */
public final class SqlInjection {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "[\\s(]*(select|insert|update|delete|with|create|alter|drop|explain|merge|grant)\\s");

  /** {@code ' or '1'='1}, {@code 1 or 1=1}, {@code ") or true--}. */
  private static final Pattern ALWAYS_TRUE =
      Pattern.compile(
          "(\\bor|\\|\\|)[\\s(]+(not\\s+)?("
              + "'([^']*)'?\\s*(=|like)\\s*'|\"([^\"]*)\"?\\s*(=|like)\\s*\""
              + "|(\\d+)\\s*(=|<|>|like)\\s*\\d+\\b"
              + "|true\\s*(--|#|$)|'[^']+'\\s+is\\s+not\\s+null)");

  /** A quote or number that ends, then a further statement. */
  private static final Pattern STACKED =
      Pattern.compile(
          ";\\s*(drop\\s+(table|database|schema|view|user|index)|delete\\s+from|insert\\s+into"
              + "|update\\s+\\S+\\s+set|alter\\s+(table|user|login)|truncate\\s+table"
              + "|create\\s+(user|login|table)|exec(ute)?[\\s(]|shutdown\\b|grant\\s+all|declare\\s+@"
              + "|select\\s+[^;]*(from|sleep|version))");

  private static final Pattern UNION =
      Pattern.compile("\\bunion\\s+(all\\s+|distinct\\s+)?[(\\s]*select\\b");

  /** {@code admin'--}, {@code x') #}: the rest of the statement cut off. */
  private static final Pattern CUT_OFF =
      Pattern.compile("[\\w)]['\"]\\)*\\s*(--|#|/\\*)(\\s|$|[+-])");

  private static final Pattern ATTACKERS_FUNCTION =
      Pattern.compile(
          "\\b(xp_cmdshell|sp_executesql|waitfor\\s+delay|pg_sleep\\s*\\(|benchmark\\s*\\(\\s*\\d"
              + "|dbms_(pipe|lock)\\.|extractvalue\\s*\\(|updatexml\\s*\\(|load_file\\s*\\("
              + "|into\\s+(out|dump)file|utl_(http|inaddr)\\.|sleep\\s*\\(\\s*\\d+\\s*\\)\\s*(--|#|and|or))");
  private static final Pattern QUOTED_CONDITION =
      Pattern.compile(
          "['\")]\\s*(and|or|having|group\\s+by|order\\s+by)\\s+[^\\s=(<>]+\\s*(=|\\(|<|>|\\d|--)");

  private static final String[] ATTACKERS_WORDS = {
    "xp_",
    "sp_",
    "dbms_",
    "utl_",
    "load_file",
    "waitfor",
    "benchmark",
    "sleep",
    "updatexml",
    "extractvalue",
    "outfile",
    "dumpfile"
  };
  private static final String[] COMPARISONS = {"=", "<", ">", "like", "true", "is not null"};
  private static final String[] STATEMENTS = {
    "drop",
    "delete",
    "insert",
    "update",
    "alter",
    "truncate",
    "create",
    "exec",
    "shutdown",
    "grant",
    "select",
    "declare"
  };
  private static final String[] COMMENTS = {"--", "#", "/*"};

  /**
   * What of it there is; empty: nothing. Each pattern is tried only where the words it needs are:
   * that is told many times as fast.
   */
  public Set<String> find(Passage passage) {
    String text = passage.text().toLowerCase(Locale.ROOT);
    if (text.contains("/*")) {
      text = COMMENT.matcher(text).replaceAll(" ");
    }
    boolean chooses = text.contains("or") || text.contains("||");
    if (chooses && hasAny(text, COMPARISONS) && ALWAYS_TRUE.matcher(text).find()) {
      return Set.of("a condition that always holds");
    }
    if (hasAny(text, ATTACKERS_WORDS) && ATTACKERS_FUNCTION.matcher(text).find()) {
      return Set.of("a function that attackers call");
    }
    return breakingOut(text);
  }

  private static Set<String> breakingOut(String text) {
    String what = "";
    if (text.contains("union") && UNION.matcher(text).find()) {
      what = "a union";
    } else if (text.indexOf(';') >= 0 && hasAny(text, STATEMENTS) && STACKED.matcher(text).find()) {
      what = "a second statement";
    } else if (isShort(text) && hasAny(text, COMMENTS) && CUT_OFF.matcher(text).find()) {
      what = "a comment that cuts the rest off";
    } else if (isShort(text) && isOpenQuote(text) && QUOTED_CONDITION.matcher(text).find()) {
      what = "a condition behind a closed quote";
    }
    return what.isEmpty() || STATEMENT.matcher(text).lookingAt() ? Set.of() : Set.of(what);
  }

  /** Longer values with quotes and comments are programs and prose. */
  private static boolean isShort(String text) {
    return text.length() <= 300;
  }

  private static boolean isOpenQuote(String text) {
    return text.chars().filter(c -> c == '\'').count() % 2 == 1
        || text.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private static boolean hasAny(String text, String[] words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
