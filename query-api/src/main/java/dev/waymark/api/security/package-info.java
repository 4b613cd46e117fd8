/** Who may see and do what: roles, callers and the scopes that reads are confined to. */
@NullMarked
package dev.waymark.api.security;

import org.jspecify.annotations.NullMarked;
