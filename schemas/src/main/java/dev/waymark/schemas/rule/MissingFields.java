package dev.waymark.schemas.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites a CEL expression so that a comparison of a field that is not there is false and no
 * error: {@code event.a.b == 1} becomes {@code event.?a.?b.hasValue() && event.a.b == 1}. Logical
 * operators keep their meaning around it, so {@code !(event.a.b == 1)} is true where the field is
 * missing.
 */
final class MissingFields {
  private static final String AND = "_&&_";
  private static final String INDEX = "_[_]";
  private static final Set<String> LOGICAL =
      Set.of(AND, "_||_", "!_", "_?_:_", "@not_strictly_false");

  private long lastId;

  private MissingFields(long lastId) {
    this.lastId = lastId;
  }

  static CelAbstractSyntaxTree makeFalse(CelAbstractSyntaxTree parsed) {
    MissingFields rewriter = new MissingFields(maxId(parsed.getExpr()));
    return CelAbstractSyntaxTree.newParsedAst(rewriter.guard(parsed.getExpr()), parsed.getSource());
  }

  /** The expression, which yields a boolean, with its comparisons guarded. */
  private CelExpr guard(CelExpr expr) {
    if (isLogical(expr)) {
      CelCall.Builder call = expr.call().toBuilder();
      call.clearArgs();
      expr.call().args().forEach(argument -> call.addArgs(guard(argument)));
      return expr.toBuilder().setCall(call.build()).build();
    }
    List<CelExpr> accesses = new ArrayList<>();
    collectAccesses(expr, accesses);
    CelExpr guarded = isComprehension(expr) ? guardLoop(expr) : expr;
    for (int i = accesses.size() - 1; i >= 0; i--) {
      guarded = call(AND, isThere(accesses.get(i)), guarded);
    }
    return guarded;
  }

  private CelExpr guardLoop(CelExpr expr) {
    CelComprehension loop = expr.comprehension();
    return expr.toBuilder()
        .setComprehension(loop.toBuilder().setLoopStep(guardStep(loop.loopStep())).build())
        .build();
  }

  /**
   * Of a boolean loop ({@code all}, {@code exists}) the step is a logical call; of others it is
   * left alone.
   */
  private CelExpr guardStep(CelExpr step) {
    return isLogical(step) ? guard(step) : step;
  }

  private static boolean isLogical(CelExpr expr) {
    return expr.exprKind().getKind() == Kind.CALL && LOGICAL.contains(expr.call().function());
  }

  private static boolean isComprehension(CelExpr expr) {
    return expr.exprKind().getKind() == Kind.COMPREHENSION;
  }

  /** The outermost field accesses of an expression; those inside a loop are the loop's own. */
  private static void collectAccesses(CelExpr expr, List<CelExpr> accesses) {
    if (isAccess(expr)) {
      accesses.add(expr);
      return;
    }
    switch (expr.exprKind().getKind()) {
      case SELECT -> collectAccesses(expr.select().operand(), accesses);
      case CALL -> {
        expr.call().target().ifPresent(target -> collectAccesses(target, accesses));
        expr.call().args().forEach(argument -> collectAccesses(argument, accesses));
      }
      case LIST -> expr.list().elements().forEach(element -> collectAccesses(element, accesses));
      case MAP -> expr.map().entries().forEach(entry -> collectAccesses(entry.value(), accesses));
      case COMPREHENSION -> collectAccesses(expr.comprehension().iterRange(), accesses);
      default -> {
        // Constants and bare variables are always there.
      }
    }
  }

  /** Whether this is a chain of selects and indexes that starts at a variable. */
  private static boolean isAccess(CelExpr expr) {
    return isLink(expr) && startsAtVariable(operand(expr));
  }

  private static boolean startsAtVariable(CelExpr expr) {
    return expr.exprKind().getKind() == Kind.IDENT || isAccess(expr);
  }

  private static boolean isLink(CelExpr expr) {
    return switch (expr.exprKind().getKind()) {
      case SELECT -> !expr.select().testOnly();
      case CALL -> expr.call().function().equals(INDEX);
      default -> false;
    };
  }

  private static CelExpr operand(CelExpr link) {
    return link.exprKind().getKind() == Kind.SELECT
        ? link.select().operand()
        : link.call().args().get(0);
  }

  private CelExpr isThere(CelExpr access) {
    CelCall hasValue =
        CelCall.newBuilder().setFunction("hasValue").setTarget(optional(access)).build();
    return CelExpr.newBuilder().setId(++lastId).setCall(hasValue).build();
  }

  /** The same chain with optional selects, with ids of its own. */
  private CelExpr optional(CelExpr access) {
    CelExpr operand = operand(access);
    CelExpr from = isLink(operand) ? optional(operand) : copy(operand);
    if (access.exprKind().getKind() == Kind.SELECT) {
      CelConstant field = CelConstant.ofValue(access.select().field());
      return call("_?._", from, CelExpr.ofConstant(++lastId, field));
    }
    return call("_[?_]", from, copy(access.call().args().get(1)));
  }

  /** A copy under new ids, as the checker keeps types by id. */
  private CelExpr copy(CelExpr expr) {
    CelExpr.Builder copy = expr.toBuilder().setId(++lastId);
    switch (expr.exprKind().getKind()) {
      case SELECT ->
          copy.setSelect(
              expr.select().toBuilder().setOperand(copy(expr.select().operand())).build());
      case CALL -> {
        CelCall.Builder call = expr.call().toBuilder();
        call.clearArgs();
        expr.call().args().forEach(argument -> call.addArgs(copy(argument)));
        expr.call().target().ifPresent(target -> call.setTarget(copy(target)));
        copy.setCall(call.build());
      }
      default -> {
        // Leaves need no more than their own new id; what else can be an index is rare and keeps
        // its inner ids.
      }
    }
    return copy.build();
  }

  private CelExpr call(String function, CelExpr... arguments) {
    return CelExpr.ofCall(
        ++lastId,
        Optional.empty(),
        function,
        com.google.common.collect.ImmutableList.copyOf(arguments));
  }

  private static long maxId(CelExpr expr) {
    long max = expr.id();
    switch (expr.exprKind().getKind()) {
      case SELECT -> max = Math.max(max, maxId(expr.select().operand()));
      case CALL -> {
        for (CelExpr argument : expr.call().args()) {
          max = Math.max(max, maxId(argument));
        }
        if (expr.call().target().isPresent()) {
          max = Math.max(max, maxId(expr.call().target().get()));
        }
      }
      case LIST -> {
        for (CelExpr element : expr.list().elements()) {
          max = Math.max(max, maxId(element));
        }
      }
      case MAP -> {
        for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
          max =
              Math.max(
                  max, Math.max(entry.id(), Math.max(maxId(entry.key()), maxId(entry.value()))));
        }
      }
      case COMPREHENSION -> {
        CelComprehension loop = expr.comprehension();
        for (CelExpr part :
            List.of(
                loop.iterRange(),
                loop.accuInit(),
                loop.loopCondition(),
                loop.loopStep(),
                loop.result())) {
          max = Math.max(max, maxId(part));
        }
      }
      default -> {
        // A leaf has its own id only.
      }
    }
    return max;
  }
}
