package dev.waymark.checks.attack;

import com.google.re2j.Pattern;
import dev.waymark.checks.text.Passage;
import java.util.Locale;
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
  private static final String[] ATTACK_MARKS = {
    "|", "/dev/", "sh -i", ":()", "rm -", "mkfs", "dd if", "-e", "chmod", "/etc/"
  };
  private static final Pattern WAY_UP =
      Pattern.compile(
          "(\\.\\.[/\\\\]|%2e%2e(%2f|/)){2,}[^\\s]*(etc|passwd|shadow|windows|win\\.ini|system32|proc|\\.ssh|\\.env)");

  /** What of it there is; empty: nothing. */
  public Set<String> find(Passage passage) {
    String text = passage.text().toLowerCase(Locale.ROOT);
    if (mayHoldAttack(text) && ATTACK.matcher(text).find()) {
      return Set.of("a command that attackers run");
    }
    if ((text.contains("..") || text.contains("%2e")) && WAY_UP.matcher(text).find()) {
      return Set.of("a way up to system files");
    }
    boolean substitutes = text.indexOf('`') >= 0 || text.contains("$(");
    if ((!substitutes && !mayBeSeparated(text))
        || isProgram(text)
        || WHOLE_COMMAND.matcher(text).lookingAt()) {
      return Set.of();
    }
    if (substitutes && SUBSTITUTED.matcher(text).find()) {
      return Set.of("a command substitution");
    }
    return isSeparated(text) ? Set.of("a command behind a separator") : Set.of();
  }

  private static boolean mayBeSeparated(String text) {
    return text.indexOf(';') >= 0
        || text.indexOf('|') >= 0
        || text.indexOf('&') >= 0
        || text.indexOf('\n') >= 0
        || text.contains("%0a");
  }

  /** Looks at what stands behind each separator of a text that is short by now. */
  private static boolean isSeparated(String text) {
    for (int at = 0; at < text.length(); at++) {
      boolean separates = SEPARATORS.indexOf(text.charAt(at)) >= 0 || text.startsWith("%0a", at);
      if (separates && SEPARATED.matcher(text.substring(at)).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  /** What every pattern of an attack needs; most values have none of it. */
  private static boolean mayHoldAttack(String text) {
    for (String mark : ATTACK_MARKS) {
      if (text.contains(mark)) {
        return true;
      }
    }
    return false;
  }

  /** Longer texts of several lines are documents, scripts and patches. */
  private static boolean isProgram(String text) {
    return text.length() > 400 || text.chars().filter(c -> c == '\n').count() > 3;
  }
}
