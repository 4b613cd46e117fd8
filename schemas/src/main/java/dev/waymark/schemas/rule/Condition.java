package dev.waymark.schemas.rule;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableMap;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A compiled {@code where}: a CEL expression over {@code event}, the event's own JSON, and in
 * patterns {@code step}, the earlier steps' events as lists by step name.
 *
 * <p>Numbers compare by value. A comparison of a field that is not there is false ({@link
 * MissingFields}). What still fails at run time (a division by zero, text compared with a number, a
 * loop over too much) makes the whole condition false, told apart as {@link Outcome#ERROR} so that
 * it can be counted. Size, nesting and regular expressions are bounded when compiling ({@link
 * RegexConstants}), loops when evaluating ({@link EvaluationLimit}); regular expressions run in
 * linear time (RE2). Safe for concurrent use.
 */
public final class Condition {
  /** Longest expression in characters. */
  public static final int MAX_LENGTH = 4_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(50)
          .maxRegexProgramSize(RegexConstants.MAX_PROGRAM_SIZE)
          .comprehensionMaxIterations(EvaluationLimit.MAX_ITERATIONS)
          .build();

  private static final Cel WITHOUT_STEPS = cel(false);
  private static final Cel WITH_STEPS = cel(true);

  /**
   * A rule is parsed where it comes in and compiled where it is judged, by several operators of a
   * process, and compiling takes milliseconds. Softly held: a program is many times its text.
   */
  private static final Cache<Source, Condition> COMPILED =
      CacheBuilder.newBuilder()
          .<Source, Condition>weigher((source, condition) -> source.expression().length())
          .maximumWeight(1_000_000)
          .softValues()
          .build();

  private final CelRuntime.Program program;
  private final EvaluationLimit limit;

  private Condition(CelRuntime.Program program, EvaluationLimit limit) {
    this.program = program;
    this.limit = limit;
  }

  /** What an evaluation came to. */
  public enum Outcome {
    TRUE,
    FALSE,
    /** It failed, which counts as false. */
    ERROR
  }

  private record Source(String expression, boolean stepsReadable) {}

  /**
   * Compiles an expression, or finds it compiled before.
   *
   * @param stepsReadable whether {@code step} may be read
   */
  public static Condition compile(String expression, boolean stepsReadable)
      throws InvalidConditionException {
    Source source = new Source(expression, stepsReadable);
    Condition known = COMPILED.getIfPresent(source);
    if (known == null) {
      known = compileAnew(expression, stepsReadable);
      COMPILED.put(source, known);
    }
    return known;
  }

  private static Condition compileAnew(String expression, boolean stepsReadable)
      throws InvalidConditionException {
    Cel cel = stepsReadable ? WITH_STEPS : WITHOUT_STEPS;
    try {
      CelAbstractSyntaxTree parsed = valid(cel.parse(expression));
      CelAbstractSyntaxTree checked = valid(cel.check(parsed));
      requireBoolean(checked.getResultType());
      valid(validator(cel).validate(checked));
      return new Condition(
          cel.createProgram(valid(cel.check(MissingFields.makeFalse(parsed)))),
          EvaluationLimit.of(checked));
    } catch (CelEvaluationException e) {
      throw new InvalidConditionException("does not compile: " + e.getMessage());
    }
  }

  /**
   * Evaluates over an event as maps, lists, text, {@link Long}, {@link Double}, {@link Boolean}
   * ({@link EventJson}).
   */
  public Outcome test(Map<String, Object> event) {
    return evaluate(ImmutableMap.of("event", event));
  }

  /** Evaluates over an event and the earlier steps' events by step name. */
  public Outcome test(Map<String, Object> event, Map<String, ?> steps) {
    return evaluate(ImmutableMap.of("event", event, "step", steps));
  }

  private Outcome evaluate(Map<String, Object> variables) {
    if (!limit.allows(variables)) {
      return Outcome.ERROR;
    }
    try {
      return Boolean.TRUE.equals(program.eval(variables)) ? Outcome.TRUE : Outcome.FALSE;
    } catch (CelEvaluationException e) {
      return Outcome.ERROR;
    }
  }

  private static void requireBoolean(CelType type) throws InvalidConditionException {
    if (type.kind() != CelKind.BOOL && type.kind() != CelKind.DYN) {
      throw new InvalidConditionException("must yield a boolean, yields " + type.name());
    }
  }

  /** Finds constants that could only ever fail: no regular expressions, or too large ones. */
  private static CelValidator validator(Cel cel) {
    return CelValidatorFactory.standardCelValidatorBuilder(cel)
        .addAstValidators(
            new RegexConstants(),
            TimestampLiteralValidator.INSTANCE,
            DurationLiteralValidator.INSTANCE)
        .build();
  }

  private static CelAbstractSyntaxTree valid(CelValidationResult result)
      throws InvalidConditionException {
    if (result.hasError()) {
      throw new InvalidConditionException(
          "does not compile: "
              + result.getErrors().stream()
                  .map(Condition::describe)
                  .collect(Collectors.joining("; ")));
    }
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new InvalidConditionException("does not compile: " + e.getMessage());
    }
  }

  private static String describe(CelIssue issue) {
    return "column " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage();
  }

  private static Cel cel(boolean stepsReadable) {
    var builder =
        CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(CelExtensions.optional())
            .addRuntimeLibraries(CelExtensions.optional())
            .addVar("event", SimpleType.DYN);
    return stepsReadable ? builder.addVar("step", SimpleType.DYN).build() : builder.build();
  }
}
