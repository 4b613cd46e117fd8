package dev.waymark.checks.pii;

import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.DomainValidator;

/** E-mail addresses: what may stand around an @, with a top-level domain that exists. */
final class Emails implements Detector {
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 255;

  /** Not delegated, yet used inside organisations and in examples (RFC 2606, RFC 6762). */
  private static final Set<String> PRIVATE_DOMAINS =
      Set.of("example", "test", "invalid", "local", "internal", "lan", "corp");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (!passage.characters().has('@')) {
      return;
    }
    String text = passage.text();
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int start = localStart(text, at);
      int end = domainEnd(text, at + 1);
      if (start < at && end > 0) {
        found.accept(new Span(PiiKind.EMAIL.code(), start, end));
      }
    }
  }

  private static int localStart(String text, int at) {
    int start = at;
    int least = Math.max(0, at - MAX_LOCAL);
    while (start > least && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && (text.charAt(start) == '.' || text.charAt(start) == '\'')) {
      start++;
    }
    return start;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
  }

  /** Behind the last label that is a top-level domain; -1 where there is none. */
  private static int domainEnd(String text, int from) {
    int most = Math.min(text.length(), from + MAX_DOMAIN);
    int end = from;
    while (end < most && isDomain(text.charAt(end))) {
      end++;
    }
    while (end > from && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    int dot = end - 1;
    while (dot > from && text.charAt(dot) != '.') {
      dot--;
    }
    return dot > from && isTopLevel(text.substring(dot + 1, end)) ? end : -1;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }

  private static boolean isTopLevel(String label) {
    return DomainValidator.getInstance().isValidTld(label)
        || PRIVATE_DOMAINS.contains(label.toLowerCase(Locale.ROOT));
  }
}
