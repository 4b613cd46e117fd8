package dev.waymark.checks.attack;

import com.google.re2j.Pattern;
import dev.waymark.checks.text.Characters;
import dev.waymark.checks.text.Chars;
import dev.waymark.checks.text.Passage;
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
  private static final String[] OR = {"or", "||"};

  /**
   * What of it there is; empty: nothing. Each pattern is tried only where a quick look finds what
   * it begins with: that is told many times as fast.
   */
  public Set<String> find(Passage passage) {
    Characters characters = passage.characters();
    String text = passage.lower();
    if (text.contains("/*")) {
      text = COMMENT.matcher(text).replaceAll(" ");
    }
    if (mayAlwaysHold(text) && ALWAYS_TRUE.matcher(text).find()) {
      return Set.of("a condition that always holds");
    }
    if (hasAny(text, ATTACKERS_WORDS) && ATTACKERS_FUNCTION.matcher(text).find()) {
      return Set.of("a function that attackers call");
    }
    return breakingOut(text, characters);
  }

  private static Set<String> breakingOut(String text, Characters characters) {
    boolean quotes = isShort(text) && (characters.has('\'') || characters.has('"'));
    String what = "";
    if (text.contains("union") && UNION.matcher(text).find()) {
      what = "a union";
    } else if (mayBeStacked(text, characters) && STACKED.matcher(text).find()) {
      what = "a second statement";
    } else if (quotes && hasAny(text, COMMENTS) && CUT_OFF.matcher(text).find()) {
      what = "a comment that cuts the rest off";
    } else if (quotes && isOpenQuote(text) && QUOTED_CONDITION.matcher(text).find()) {
      what = "a condition behind a closed quote";
    }
    return what.isEmpty() || STATEMENT.matcher(text).lookingAt() ? Set.of() : Set.of(what);
  }

  /** Whether behind an {@code or} something can be that always holds. */
  private static boolean mayAlwaysHold(String text) {
    for (String or : OR) {
      for (int at = text.indexOf(or); at >= 0; at = text.indexOf(or, at + 1)) {
        int next = pastBlanks(text, at + 2);
        if (next > at + 2 && beginsCondition(text, next)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean beginsCondition(String text, int at) {
    int next = text.startsWith("not", at) ? pastBlanks(text, at + 3) : at;
    return Chars.isAt(text, next, '\'')
        || Chars.isAt(text, next, '"')
        || Chars.isDigitAt(text, next)
        || text.startsWith("true", next);
  }

  private static int pastBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '(')) {
      at++;
    }
    return at;
  }

  /** Whether behind a semicolon a statement begins. */
  private static boolean mayBeStacked(String text, Characters characters) {
    if (!characters.has(';')) {
      return false;
    }
    for (int at = text.indexOf(';'); at >= 0; at = text.indexOf(';', at + 1)) {
      int next = pastBlanks(text, at + 1);
      for (String statement : STATEMENTS) {
        if (text.startsWith(statement, next)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Longer values with quotes and comments are programs and prose. */
  private static boolean isShort(String text) {
    return text.length() <= 300;
  }

  private static boolean isOpenQuote(String text) {
    int single = 0;
    int two = 0;
    for (int i = 0; i < text.length(); i++) {
      single += text.charAt(i) == '\'' ? 1 : 0;
      two += text.charAt(i) == '"' ? 1 : 0;
    }
    return single % 2 == 1 || two % 2 == 1;
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
