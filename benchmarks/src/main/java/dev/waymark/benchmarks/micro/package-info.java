/** Single parts, measured by JMH. */
@NullMarked
package dev.waymark.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
