/** Bounded Flink jobs over the stored trail, from the request to the result. */
@NullMarked
package dev.waymark.api.trailjob;

import org.jspecify.annotations.NullMarked;
