/** Tenants, their agents and what is checked of them: what an operator writes. */
@NullMarked
package dev.waymark.checks.tenant;

import org.jspecify.annotations.NullMarked;
