/** The jobs' books: how many records were read and what became of each. */
@NullMarked
package dev.waymark.jobs.books;

import org.jspecify.annotations.NullMarked;
