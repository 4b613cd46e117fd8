package dev.waymark.checks.attack;

import java.util.Locale;

/**
 * Something that injected prompts do and ordinary text seldom does, with the weight of one
 * occurrence; a whole injection weighs 1.
 */
enum Signal {
  /** To set aside what was said before: {@code disregard all prior directions}. */
  OVERRIDE(1),
  /** The same without saying whose instructions. */
  WEAK_OVERRIDE(0.4),
  /** To give away the system prompt. */
  EXTRACTION(1),
  /** To give away rules or settings, which may be ordinary ones. */
  WEAK_EXTRACTION(0.5),
  /** To play somebody else. */
  PERSONA(0.4),
  /** To be without limits, filters, ethics. */
  UNBOUND(0.6),
  /** Never to refuse, always to obey. */
  COMPLIANCE(0.5),
  /** To enter a mode such as that of developers. */
  MODE(0.6),
  /** To do something else before or instead of the task. */
  TASK_HIJACK(0.6),
  /** A message that is addressed to the model. */
  ADDRESSED(0.5),
  /** Not to tell the user. */
  CONCEALMENT(0.6),
  /** To send credentials or conversations somewhere. */
  EXFILTRATION(0.5),
  /** To decode something and do what it says. */
  OBFUSCATION(0.6),
  /** Markers of chat templates, where no chat template belongs. */
  TEMPLATE(1),
  /** A tag that feigns a system message. */
  FEIGNED_TAG(0.5),
  /** Characters that people do not see and models read. */
  HIDDEN_TEXT(1);

  private final double weight;

  Signal(double weight) {
    this.weight = weight;
  }

  double weight() {
    return weight;
  }

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
