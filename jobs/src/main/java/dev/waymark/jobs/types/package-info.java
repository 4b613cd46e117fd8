/** Binary forms of what travels between operators or lies in state. */
@NullMarked
package dev.waymark.jobs.types;

import org.jspecify.annotations.NullMarked;
