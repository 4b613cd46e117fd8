package dev.waymark.schemas.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.validator.CelAstValidator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;

/**
 * Demands of a condition that its regular expressions are constants, in RE2's language, and not too
 * large. RE2 matches in linear time, but unfolds repetitions when it compiles: five nested ones of
 * a thousand fill any memory. So the size is reckoned before, and what an event brings is never
 * compiled. CEL's own validator does neither, and reads them as Java does.
 */
final class RegexConstants implements CelAstValidator {
  /** Largest compiled regular expression, in RE2's instructions. */
  static final int MAX_PROGRAM_SIZE = 1_000;

  private static final String MATCHES = "matches";

  /** What a reckoned size has to be told from: brackets, repetitions, and single characters. */
  private static final java.util.regex.Pattern TOKEN =
      java.util.regex.Pattern.compile(
          "\\\\[pP]\\{[^}]*}|\\\\.|\\[\\^?]?(?:\\\\.|[^\\]\\\\])*]|\\{(\\d+)(?:,(\\d*))?}|.",
          java.util.regex.Pattern.DOTALL);

  @Override
  public void validate(CelNavigableAst ast, Cel cel, IssuesFactory issues) {
    ast.getRoot()
        .allNodes()
        .map(CelNavigableExpr::expr)
        .filter(RegexConstants::isMatches)
        .map(call -> call.call().args().get(call.call().args().size() - 1))
        .forEach(pattern -> check(pattern, issues));
  }

  private static boolean isMatches(CelExpr expr) {
    return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
        && expr.call().function().equals(MATCHES)
        && !expr.call().args().isEmpty();
  }

  private static void check(CelExpr pattern, IssuesFactory issues) {
    if (pattern.exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      issues.addError(pattern.id(), "a regular expression must be a constant");
      return;
    }
    String text = pattern.constant().stringValue();
    try {
      if (reckonedSize(text) > MAX_PROGRAM_SIZE
          || Pattern.compile(text).programSize() > MAX_PROGRAM_SIZE) {
        issues.addError(
            pattern.id(),
            "the regular expression compiles to more than " + MAX_PROGRAM_SIZE + " instructions");
      }
    } catch (PatternSyntaxException e) {
      issues.addError(pattern.id(), "not a regular expression of RE2: " + e.getDescription());
    }
  }

  /** How many characters and classes an expression has when its repetitions are written out. */
  private static double reckonedSize(String regex) {
    Deque<Double> outer = new ArrayDeque<>();
    double size = 0;
    double last = 0;
    for (MatchResult token : TOKEN.matcher(regex).results().toList()) {
      switch (token.group()) {
        case "(" -> {
          outer.push(size);
          size = 0;
        }
        case ")" -> {
          last = size;
          size += outer.isEmpty() ? 0 : outer.pop();
        }
        default -> {
          double more = token.group(1) == null ? 1 : last * (times(token) - 1);
          last = token.group(1) == null ? 1 : last + more;
          size += more;
        }
      }
    }
    return size;
  }

  private static double times(MatchResult repetition) {
    String most = repetition.group(2);
    boolean bounded = most != null && !most.isEmpty();
    return Math.max(1, Double.parseDouble(bounded ? most : repetition.group(1)));
  }
}
