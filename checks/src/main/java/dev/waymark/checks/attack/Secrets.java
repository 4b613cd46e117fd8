package dev.waymark.checks.attack;

import dev.waymark.checks.text.Characters;
import dev.waymark.checks.text.Chars;
import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import dev.waymark.checks.text.WordSet;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Finds credentials: by the published prefix and length of a provider's keys, private keys, tokens
 * of three base64 parts (JWT), passwords in URLs, and values that are assigned to a name such as
 * {@code password} or {@code api_key} and have the entropy of a random one.
 */
public final class Secrets implements Detector {
  private static final int MAX_NAME = 40;
  private static final int MIN_PASSWORD = 6;
  private static final double TOKEN_ENTROPY = 3.0;
  private static final String BEARER = "bearer";
  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  /** Prefix of a provider's keys and least length behind it. */
  private record KeyForm(String prefix, int minRest) {}

  private static final KeyForm[] FORMS = {
    new KeyForm("AKIA", 16),
    new KeyForm("ASIA", 16),
    new KeyForm("ABIA", 16),
    new KeyForm("ghp_", 30),
    new KeyForm("gho_", 30),
    new KeyForm("ghu_", 30),
    new KeyForm("ghs_", 30),
    new KeyForm("ghr_", 30),
    new KeyForm("github_pat_", 30),
    new KeyForm("glpat-", 20),
    new KeyForm("xoxb-", 20),
    new KeyForm("xoxp-", 20),
    new KeyForm("xoxa-", 20),
    new KeyForm("xoxr-", 20),
    new KeyForm("xoxs-", 20),
    new KeyForm("xapp-", 20),
    new KeyForm("AIza", 35),
    new KeyForm("GOCSPX-", 20),
    new KeyForm("ya29.", 20),
    new KeyForm("sk_live_", 16),
    new KeyForm("sk_test_", 16),
    new KeyForm("rk_live_", 16),
    new KeyForm("whsec_", 20),
    new KeyForm("sk-ant-", 20),
    new KeyForm("sk-proj-", 20),
    new KeyForm("sk-", 32),
    new KeyForm("hf_", 30),
    new KeyForm("npm_", 30),
    new KeyForm("pypi-AgE", 40),
    new KeyForm("SG.", 40),
    new KeyForm("dop_v1_", 40),
    new KeyForm("shpat_", 30),
    new KeyForm("lin_api_", 30),
    new KeyForm("EAACEdEose0cBA", 10),
    new KeyForm("AGE-SECRET-KEY-1", 40),
    new KeyForm("hvs.", 20),
    new KeyForm("dapi", 32),
    new KeyForm("pk_live_", 16),
  };

  private static final WordSet SECRET_NAMES =
      WordSet.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "passcode",
          "secret",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "clientsecret",
          "authtoken",
          "accesstoken",
          "refreshtoken",
          "sessiontoken",
          "bearer",
          "accountkey",
          "signingkey",
          "encryptionkey",
          "authkey",
          "token",
          "awssecretaccesskey",
          "dbpassword",
          "credential",
          "secretaccesskey");
  private static final String[] SECRET_ENDINGS = {
    "password", "secret", "apikey", "secretkey", "accesstoken"
  };
  private static final boolean[] BLOB = new boolean[128];

  static {
    for (char c = 0; c < BLOB.length; c++) {
      boolean isLetter = Chars.toLowerCase(c) >= 'a' && Chars.toLowerCase(c) <= 'z';
      BLOB[c] = isLetter || Chars.isDigit(c) || "_-.+/~!@#$%^&*".indexOf(c) >= 0;
    }
  }

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.form() == Passage.Form.NUMBER) {
      return;
    }
    String text = passage.text();
    Characters characters = passage.characters();
    if (characters.has('-')) {
      findPrivateKeys(text, found);
    }
    if (characters.has('/')) {
      findUrlPasswords(text, found);
    }
    if (text.length() >= MIN_PASSWORD
        && isSecretName(passage.field())
        && isRandom(text, 0, text.length())) {
      found.accept(new Span("secret", 0, text.length()));
      return;
    }
    int at = 0;
    while (at < text.length()) {
      int end = blobEnd(text, at);
      if (end - at >= MIN_PASSWORD) {
        judge(text, at, end, found);
      }
      at = end + 1;
    }
  }

  private static int blobEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) < BLOB.length && BLOB[text.charAt(end)]) {
      end++;
    }
    return end;
  }

  private static void judge(String text, int start, int end, Consumer<Span> found) {
    if (hasDigit(text, start, end) && hasKeyForm(text.substring(start, end))) {
      found.accept(new Span("api_key", start, end));
    } else if (text.startsWith("eyJ", start) && isJwt(text.substring(start, end))) {
      found.accept(new Span("token", start, end));
    } else if (isAssigned(text, start) && isRandom(text, start, end)) {
      found.accept(new Span("secret", start, end));
    }
  }

  private static boolean hasKeyForm(String blob) {
    for (KeyForm form : FORMS) {
      if (blob.startsWith(form.prefix)
          && blob.length() >= form.prefix.length() + form.minRest
          && entropy(blob.substring(form.prefix.length())) > TOKEN_ENTROPY) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJwt(String blob) {
    int first = blob.indexOf('.');
    int second = blob.indexOf('.', first + 1);
    return first > 10 && second > first + 10 && blob.length() > second + 10;
  }

  private static void findPrivateKeys(String text, Consumer<Span> found) {
    int at = text.indexOf("-----BEGIN ");
    while (at >= 0) {
      int head = text.indexOf("-----", at + 11);
      boolean isPrivate = head >= 0 && text.substring(at, head + 5).endsWith(PRIVATE_KEY);
      if (isPrivate && head - at < 80) {
        int tail = text.indexOf("-----END ", head);
        int end = tail < 0 ? text.length() : Math.min(text.length(), endOfLine(text, tail));
        found.accept(new Span("private_key", at, end));
        at = text.indexOf("-----BEGIN ", end);
      } else {
        at = text.indexOf("-----BEGIN ", at + 11);
      }
    }
  }

  private static int endOfLine(String text, int at) {
    int closing = text.indexOf("-----", at + 9);
    return closing < 0 ? text.length() : closing + 5;
  }

  /** {@code scheme://user:password@host}. */
  private static void findUrlPasswords(String text, Consumer<Span> found) {
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      int colon = -1;
      for (int i = at + 3; i < text.length() && i < at + 200; i++) {
        char c = text.charAt(i);
        if (c == '/' || Character.isWhitespace(c) || c == '"') {
          break;
        }
        if (c == ':' && colon < 0) {
          colon = i;
        }
        if (c == '@') {
          if (colon > 0 && i - colon > 3 && !isPlaceholder(text.substring(colon + 1, i))) {
            found.accept(new Span("password", colon + 1, i));
          }
          break;
        }
      }
    }
  }

  /** Whether {@code NAME=}, {@code NAME: } or {@code "NAME": "} of a secret stands before. */
  private static boolean isAssigned(String text, int start) {
    int at = start - 1;
    boolean assigned = false;
    while (at >= 0 && start - at < 6 && " =:\"'>\t\\".indexOf(text.charAt(at)) >= 0) {
      assigned |= text.charAt(at) == '=' || text.charAt(at) == ':';
      at--;
    }
    int end = at + 1;
    while (at >= 0 && end - at < MAX_NAME && (isNamePart(text.charAt(at)))) {
      at--;
    }
    boolean bearer = start - end == 1 && isBearer(text, at + 1, end);
    return bearer || (assigned && isSecretName(text.substring(at + 1, end)));
  }

  private static boolean isBearer(String text, int start, int end) {
    return end - start == BEARER.length()
        && text.regionMatches(true, start, BEARER, 0, end - start);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private static boolean isSecretName(String name) {
    if (name.isEmpty()) {
      return false;
    }
    String compact = compact(name);
    if (SECRET_NAMES.contains(compact, 0, compact.length())) {
      return true;
    }
    for (String ending : SECRET_ENDINGS) {
      if (compact.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** In lower case and without the marks between words; the very same where it is so. */
  private static String compact(String name) {
    boolean marked = name.indexOf('_') >= 0 || name.indexOf('-') >= 0;
    String bare = marked ? name.replace("_", "").replace("-", "") : name;
    return bare.toLowerCase(Locale.ROOT);
  }

  /** Whether a value may be a secret's: no placeholder or word, as random as its length allows. */
  private static boolean isRandom(String text, int start, int end) {
    String value = text.substring(start, end);
    if (value.length() < MIN_PASSWORD || value.length() > 4_096 || isPlaceholder(value)) {
      return false;
    }
    boolean mixed =
        hasDigit(value, 0, value.length())
            || value.chars().anyMatch(c -> "!@#$%^&*+/".indexOf(c) >= 0);
    double demanded = value.length() >= 16 ? TOKEN_ENTROPY : 2.2;
    return mixed && value.indexOf(' ') < 0 && entropy(value) >= demanded;
  }

  private static boolean isPlaceholder(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return value.startsWith("$")
        || value.startsWith("<")
        || value.startsWith("{")
        || value.startsWith("[")
        || value.startsWith("%")
        || lower.contains("***")
        || lower.contains("xxx")
        || lower.contains("...")
        || lower.contains("example")
        || lower.contains("your_")
        || lower.contains("placeholder")
        || lower.contains("redacted");
  }

  private static boolean hasDigit(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (Chars.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Shannon's entropy of the characters, in bits a character. */
  static double entropy(String text) {
    int[] counts = new int[128];
    for (int i = 0; i < text.length(); i++) {
      counts[text.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / text.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
