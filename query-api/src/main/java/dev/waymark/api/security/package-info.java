/** Who may see what: for now the tenants a read is confined to. */
@NullMarked
package dev.waymark.api.security;

import org.jspecify.annotations.NullMarked;
