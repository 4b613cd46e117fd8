/** The backtest job: draft rules and those in force, side by side over the stored trail. */
@NullMarked
package dev.waymark.jobs.backtest;

import org.jspecify.annotations.NullMarked;
