package dev.waymark.checks.pii;

import dev.waymark.checks.text.Characters;
import dev.waymark.checks.text.Chars;
import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.InetAddressValidator;

/**
 * IPv4 and IPv6 addresses that can be somebody's: not loopback, unspecified or a netmask, and no
 * four-part version numbers.
 */
final class IpAddresses implements Detector {
  private static final int MAX_LENGTH = 45;
  private static final InetAddressValidator ADDRESSES = InetAddressValidator.getInstance();
  private static final Context VERSION =
      Context.of("version", "versions", "ver", "v", "release", "firmware", "build");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (!mayHoldAddress(passage.characters())) {
      return;
    }
    String text = passage.text();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && isPart(text.charAt(end))) {
        end++;
      }
      if (end - at >= 7 && !Chars.isAlphanumericAt(text, at - 1)) {
        report(passage, at, end, found);
      }
      at = Math.max(end, at + 1);
    }
  }

  private static boolean mayHoldAddress(Characters characters) {
    return (characters.has('.') && characters.digitsTogether() >= 4)
        || (characters.has(':') && characters.digits() > 0);
  }

  private static boolean isPart(char c) {
    return Chars.isDigit(c)
        || (c >= 'a' && c <= 'f')
        || (c >= 'A' && c <= 'F')
        || c == '.'
        || c == ':';
  }

  private static void report(Passage passage, int start, int runEnd, Consumer<Span> found) {
    int end = runEnd;
    String text = passage.text();
    while (end > start && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == ':')) {
      end--;
    }
    if (end - start > MAX_LENGTH || Chars.isAlphanumericAt(text, runEnd)) {
      return;
    }
    String run = text.substring(start, end);
    int port = run.indexOf('.') > 0 ? run.indexOf(':', run.lastIndexOf('.')) : -1;
    String candidate = port > 0 ? run.substring(0, port) : run;
    if (isVersion4(candidate) ? !VERSION.isBefore(passage, start) : isVersion6(candidate)) {
      found.accept(new Span(PiiKind.IP_ADDRESS.code(), start, start + candidate.length()));
    }
  }

  private static boolean isVersion4(String candidate) {
    return candidate.indexOf('.') > 0
        && candidate.indexOf(':') < 0
        && ADDRESSES.isValidInet4Address(candidate)
        && !candidate.startsWith("127.")
        && !candidate.startsWith("0.")
        && !candidate.startsWith("255.");
  }

  /** With at least three colons and a digit: two words around {@code ::} are no address. */
  private static boolean isVersion6(String candidate) {
    return candidate.chars().filter(c -> c == ':').count() >= 3
        && candidate.toLowerCase(Locale.ROOT).chars().anyMatch(Character::isDigit)
        && ADDRESSES.isValidInet6Address(candidate);
  }
}
