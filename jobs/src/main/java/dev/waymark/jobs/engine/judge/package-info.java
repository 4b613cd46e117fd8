/**
 * One judge a template, or a small family of templates: its matching, its deadlines, its messages.
 */
@NullMarked
package dev.waymark.jobs.engine.judge;

import org.jspecify.annotations.NullMarked;
