package dev.waymark.schemas.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How heavy an event may be for a condition to be evaluated over it, in values and sixteenths of a
 * text's characters. A condition without loops takes any event. Each turn of a loop may look at the
 * whole event, and one that builds a list ({@code map}, {@code filter}) looks in each turn at all
 * that it has built: loops times weight is what bounds the time of an evaluation.
 */
final class EvaluationLimit {
  /** Most turns of all loops of an evaluation. */
  static final int MAX_ITERATIONS = 1_000;

  private static final int ANY = Integer.MAX_VALUE;
  private static final int LOOPING = 100_000;
  private static final int BUILDING = 1_000;
  private static final int CHARACTERS_A_UNIT = 16;

  private final int maxWeight;

  private EvaluationLimit(int maxWeight) {
    this.maxWeight = maxWeight;
  }

  static EvaluationLimit of(CelAbstractSyntaxTree condition) {
    List<CelNavigableExpr> loops =
        CelNavigableAst.fromAst(condition)
            .getRoot()
            .allNodes()
            .filter(node -> node.getKind() == Kind.COMPREHENSION)
            .toList();
    if (loops.isEmpty()) {
      return new EvaluationLimit(ANY);
    }
    boolean builds =
        loops.stream()
            .anyMatch(loop -> loop.expr().comprehension().accuInit().getKind() == Kind.LIST);
    return new EvaluationLimit(builds ? BUILDING : LOOPING);
  }

  boolean allows(Map<String, ?> variables) {
    return maxWeight == ANY || left(variables, maxWeight) >= 0;
  }

  /** What is left of an allowance after a value; below zero: it was too heavy. */
  private static int left(Object value, int allowance) {
    int left = allowance - 1;
    if (value instanceof CharSequence text) {
      return left - text.length() / CHARACTERS_A_UNIT;
    }
    if (value instanceof Map<?, ?> map) {
      return left(map.values(), left);
    }
    if (value instanceof Collection<?> values) {
      for (Object item : values) {
        if (left < 0) {
          return left;
        }
        left = left(item, left);
      }
    }
    return left;
  }
}
