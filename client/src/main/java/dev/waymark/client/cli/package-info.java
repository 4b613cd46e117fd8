/** What the commands share: where they speak, and what they ask before they begin. */
@NullMarked
package dev.waymark.client.cli;

import org.jspecify.annotations.NullMarked;
