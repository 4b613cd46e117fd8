package dev.waymark.checks.attack;

import com.google.re2j.Pattern;
import dev.waymark.checks.text.Characters;
import dev.waymark.checks.text.Chars;
import dev.waymark.checks.text.Passage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds values that would break out into a shell: data, then a separator, then a command; commands
 * in {@code $(…)}; a way up to system files. A value that is itself a command line is none, as
 * agents do run commands; in it only what attackers run counts: a download piped into a shell, a
 * connection back, the destruction of a disk. Linear in the text (RE2); safe for concurrent use.
 */
public final class CommandInjection {
  private static final String COMMANDS =
      "rm|curl|wget|nc|ncat|netcat|bash|sh|zsh|ksh|python[23]?|perl|ruby|php|node|chmod|chown|whoami"
          + "|uname|ifconfig|nslookup|powershell|sudo|ssh|scp|mkfifo|telnet|tftp|ftp|crontab|useradd"
          + "|adduser|passwd|shutdown|reboot|killall|base64|printenv|systemctl|certutil|cmd\\.exe"
          + "|bitsadmin|ping";

  /** Commands whose names are also words: only with what words do not have behind them. */
  private static final String WORDLIKE =
      "cat|id|ls|dir|echo|env|net|kill|type|head|tail|touch|sleep|cp|mv|dd|ps|eval|exec|find|more|less|set|del";

  private static final Pattern WHOLE_COMMAND =
      Pattern.compile(
          "\\s*(\\$ |sudo |#!|cd |export |[A-Za-z_]+=|\\(|\\[|if |for |while |set |git |npm |pip"
              + "|docker |make\\b|mvn |apt|yum |brew |grep |sed |awk |tar |mkdir |vi |nano |which "
              + "|source |\\. |("
              + COMMANDS
              + "|"
              + WORDLIKE
              + ")\\b)");
  private static final Pattern SEPARATED =
      Pattern.compile(
          "(;|\\|\\|?|&&?|\\n|%0a|`)\\s*(/(usr/)?s?bin/)?(("
              + COMMANDS
              + ")(\\s+[-/.\\w~$'\"]|\\s*(;|$|`|\\|))"
              + "|("
              + WORDLIKE
              + ")(\\s+[-/~.$*%]|\\s+\\d+\\s*(;|$)|\\s+\\w+\\.\\w|\\s*(;|$|`)))");
  private static final Pattern SUBSTITUTED =
      Pattern.compile(
          "(\\$\\(|[\\w=:'\"/]`)\\s*(/(usr/)?s?bin/)?("
              + COMMANDS
              + "|"
              + WORDLIKE
              + ")\\b[^)`]*[)`]");
  private static final Pattern ATTACK =
      Pattern.compile(
          "(curl|wget|fetch)\\s[^|\\n]+\\|\\s*(sudo\\s+)?(ba|z|k)?sh\\b"
              + "|/dev/(tcp|udp)/|\\bn(c|cat|etcat)\\s[^\\n]*-[a-z]*e\\b|\\b(ba)?sh\\s+-i\\b"
              + "|:\\(\\)\\s*\\{|\\brm\\s+-[a-z]*[rf][a-z]*\\s+(--no-preserve-root\\s+)?(/|~|\\*)(\\s|$|\\*|;)"
              + "|\\bmkfs\\.|\\bdd\\s+if=[^\\n]+of=/dev/[a-z]|>\\s*/dev/sd[a-z]"
              + "|base64\\s+(-d|--decode)[^|\\n]*\\|\\s*(ba)?sh\\b"
              + "|powershell[^\\n]*-e(nc|ncodedcommand)?\\s|\\bchmod\\s+(-r\\s+)?[u+]*s\\s"
              + "|\\b(cat|less|more|head|tail|cp|scp|curl)\\s[^\\n]*/etc/(shadow|gshadow)\\b");
  private static final String SEPARATORS = ";|&\n`";
  private static final Set<String> NAMES = names();
  private static final Pattern WAY_UP =
      Pattern.compile(
          "(\\.\\.[/\\\\]|%2e%2e(%2f|/)){2,}[^\\s]*(etc|passwd|shadow|windows|win\\.ini|system32|proc|\\.ssh|\\.env)");

  private static Set<String> names() {
    Set<String> names = new HashSet<>(List.of("python", "python2", "python3", "cmd.exe"));
    names.addAll(List.of(COMMANDS.split("\\|")));
    names.addAll(List.of(WORDLIKE.split("\\|")));
    return Set.copyOf(names);
  }

  /**
   * What of it there is; empty: nothing. Each pattern is tried only where a quick look finds what
   * it begins with or must have: that is told many times as fast.
   */
  public Set<String> find(Passage passage) {
    Characters characters = passage.characters();
    String text = passage.lower();
    if (mayHoldAttack(text, characters) && ATTACK.matcher(text).find()) {
      return Set.of("a command that attackers run");
    }
    if ((text.contains("..") || text.contains("%2e")) && WAY_UP.matcher(text).find()) {
      return Set.of("a way up to system files");
    }
    boolean substitutes = characters.has('`') || text.contains("$(");
    if ((!substitutes && !mayBeSeparated(characters)) || isProgram(text)) {
      return Set.of();
    }
    boolean separates = hasSeparated(text, false);
    if ((!substitutes && !separates) || WHOLE_COMMAND.matcher(text).lookingAt()) {
      return Set.of();
    }
    if (substitutes && SUBSTITUTED.matcher(text).find()) {
      return Set.of("a command substitution");
    }
    return separates && hasSeparated(text, true)
        ? Set.of("a command behind a separator")
        : Set.of();
  }

  private static boolean mayBeSeparated(Characters characters) {
    return characters.has(';')
        || characters.has('|')
        || characters.has('&')
        || characters.has('\n')
        || characters.has('`')
        || characters.has('%');
  }

  /**
   * Looks at what stands behind each separator of a text that is short by now.
   *
   * @param exactly by the pattern; else whether it begins with a command's name
   */
  private static boolean hasSeparated(String text, boolean exactly) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean separates = SEPARATORS.indexOf(c) >= 0 || (c == '%' && text.startsWith("%0a", at));
      if (separates
          && beginsCommand(text, c == '%' ? at + 3 : at + 1)
          && (!exactly || SEPARATED.matcher(text.substring(at)).lookingAt())) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsCommand(String text, int from) {
    int start = from;
    while (start < text.length() && text.charAt(start) <= ' ') {
      start++;
    }
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return Chars.isAt(text, start, '/') || NAMES.contains(text.substring(start, end));
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || Chars.isDigit(c) || c == '.';
  }

  /** What the pattern of an attack needs; most values have none of it. */
  private static boolean mayHoldAttack(String text, Characters characters) {
    return characters.has('|')
        || (characters.has('/') && (text.contains("/dev/") || text.contains("/etc/")))
        || (characters.has('-') && takesOption(text))
        || (characters.has('{') && text.contains(":()"))
        || text.contains("mkfs.")
        || text.contains("chmod");
  }

  /** Whether a command that attackers give options is there, or anything is given one. */
  private static boolean takesOption(String text) {
    for (int at = text.indexOf('-'); at >= 0; at = text.indexOf('-', at + 1)) {
      boolean isOption = at > 0 && text.charAt(at - 1) <= ' ' && at + 1 < text.length();
      if (isOption && (text.charAt(at + 1) > ' ')) {
        return true;
      }
    }
    return hasWord(text, "nc")
        || hasWord(text, "ncat")
        || hasWord(text, "netcat")
        || text.contains("powershell");
  }

  /** Whether a blank follows the word and no letter or digit stands before. */
  private static boolean hasWord(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean begins = at == 0 || !isWordCharacter(text.charAt(at - 1));
      if (begins && end < text.length() && text.charAt(end) <= ' ') {
        return true;
      }
    }
    return false;
  }

  /** As {@code \b} of the patterns sees it. */
  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || Chars.isDigit(c) || c == '_';
  }

  /** Longer texts of several lines are documents, scripts and patches. */
  private static boolean isProgram(String text) {
    return text.length() > 400 || text.chars().filter(c -> c == '\n').count() > 3;
  }
}
