/** Accounts and their credentials: who signs in, with what, for how long, and how often. */
@NullMarked
package dev.waymark.api.accounts;

import org.jspecify.annotations.NullMarked;
