package dev.waymark.schemas.rule;

import static dev.waymark.schemas.rule.Kind.FREQUENCY;
import static dev.waymark.schemas.rule.Kind.MISSING_STEP;
import static dev.waymark.schemas.rule.Kind.SEQUENCE;
import static dev.waymark.schemas.rule.Kind.TIMELAG;
import static dev.waymark.schemas.rule.RuleField.ACTIVATION;
import static dev.waymark.schemas.rule.RuleField.CORRELATE;
import static dev.waymark.schemas.rule.RuleField.EXPECT;
import static dev.waymark.schemas.rule.RuleField.N;
import static dev.waymark.schemas.rule.RuleField.ORDERED;
import static dev.waymark.schemas.rule.RuleField.TARGET;
import static dev.waymark.schemas.rule.RuleField.WHEN;
import static dev.waymark.schemas.rule.RuleField.WINDOW;
import static dev.waymark.schemas.rule.RuleField.WITHIN;
import static dev.waymark.schemas.rule.RuleField.ZETA;

import java.util.Locale;
import java.util.Set;

/**
 * The templates of the rule language, with the kinds that offer them and the fields they take. The
 * meaning of each stands in the rule language's table (DECLARE on finite traces: Pesic, Schonenberg
 * &amp; van der Aalst 2007; De Giacomo &amp; Vardi 2013). A switch over this enum is how the
 * compiler checks that every template is handled.
 */
public enum Template {
  EXISTENCE(Set.of(MISSING_STEP, FREQUENCY), Set.of(ACTIVATION), Set.of(N, WINDOW)),
  ABSENCE(Set.of(MISSING_STEP, FREQUENCY), Set.of(ACTIVATION), Set.of(N, WINDOW)),
  EXACTLY(Set.of(MISSING_STEP, FREQUENCY), Set.of(ACTIVATION), Set.of(N)),
  INIT(Set.of(SEQUENCE), Set.of(ACTIVATION), Set.of()),
  END(Set.of(SEQUENCE), Set.of(ACTIVATION), Set.of()),
  CHOICE(Set.of(MISSING_STEP), Set.of(ACTIVATION, TARGET), Set.of()),
  EXCLUSIVE_CHOICE(Set.of(MISSING_STEP), Set.of(ACTIVATION, TARGET), Set.of()),
  RESPONDED_EXISTENCE(Set.of(MISSING_STEP), Set.of(ACTIVATION, TARGET), Set.of()),
  CO_EXISTENCE(Set.of(MISSING_STEP), Set.of(ACTIVATION, TARGET), Set.of()),
  NOT_CO_EXISTENCE(Set.of(MISSING_STEP), Set.of(ACTIVATION, TARGET), Set.of()),
  RESPONSE(Set.of(SEQUENCE, TIMELAG), Set.of(ACTIVATION, TARGET), Set.of(WITHIN, CORRELATE)),
  PRECEDENCE(Set.of(SEQUENCE, TIMELAG), Set.of(ACTIVATION, TARGET), Set.of(WITHIN, CORRELATE)),
  SUCCESSION(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(CORRELATE)),
  ALTERNATE_RESPONSE(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(CORRELATE)),
  ALTERNATE_PRECEDENCE(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(CORRELATE)),
  ALTERNATE_SUCCESSION(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(CORRELATE)),
  CHAIN_RESPONSE(Set.of(SEQUENCE, TIMELAG), Set.of(ACTIVATION, TARGET), Set.of(WITHIN, CORRELATE)),
  CHAIN_PRECEDENCE(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(CORRELATE)),
  CHAIN_SUCCESSION(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(CORRELATE)),
  NOT_SUCCESSION(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(WITHIN, CORRELATE)),
  NOT_CHAIN_SUCCESSION(Set.of(SEQUENCE), Set.of(ACTIVATION, TARGET), Set.of(CORRELATE)),
  IDLE(Set.of(TIMELAG), Set.of(WITHIN), Set.of()),
  STEPS(Set.of(MISSING_STEP), Set.of(RuleField.STEPS), Set.of(WHEN, ORDERED, WITHIN)),
  PATTERN(Set.of(SEQUENCE), Set.of(RuleField.STEPS), Set.of(WITHIN, EXPECT)),
  PROFILE(Set.of(TIMELAG), Set.of(ACTIVATION, TARGET), Set.of(ZETA, CORRELATE)),
  ANOMALY(Set.of(FREQUENCY), Set.of(ACTIVATION, WINDOW), Set.of(ZETA));

  private final Set<Kind> kinds;
  private final Set<RuleField> required;
  private final Set<RuleField> optional;

  Template(Set<Kind> kinds, Set<RuleField> required, Set<RuleField> optional) {
    this.kinds = kinds;
    this.required = required;
    this.optional = optional;
  }

  /** The name as it is written in rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Set<Kind> kinds() {
    return kinds;
  }

  public boolean requires(RuleField field) {
    return required.contains(field);
  }

  public boolean takes(RuleField field) {
    return required.contains(field) || optional.contains(field);
  }

  /** Whether {@code within} may have a lower end. */
  public boolean takesWithinMin() {
    return switch (this) {
      case RESPONSE, PRECEDENCE, CHAIN_RESPONSE, NOT_SUCCESSION -> true;
      default -> false;
    };
  }
}
