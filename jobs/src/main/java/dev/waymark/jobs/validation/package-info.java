/**
 * The validation job: the rules topic, the wiring around the rule engine, and what becomes of
 * verdicts.
 */
@NullMarked
package dev.waymark.jobs.validation;

import org.jspecify.annotations.NullMarked;
