/**
 * The rule language: what a person writes, the valid rule it becomes, and the versions of it in
 * force.
 */
@NullMarked
package dev.waymark.schemas.rule;

import org.jspecify.annotations.NullMarked;
