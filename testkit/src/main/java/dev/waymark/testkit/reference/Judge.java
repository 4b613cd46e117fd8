package dev.waymark.testkit.reference;

import java.util.List;

/** The definition of a template, applied to one rule. */
interface Judge {
  /** Where the rule is broken in a case, in any order. */
  List<Break> breaks(Case in);

  /** How often the rule is activated in a case. */
  int activations(Case in);
}
