package dev.waymark.api.export;

/** How the items of a list become lines of a file. */
interface RowWriter<T> {
  /** What stands before all items; may be empty. */
  String head();

  /** One item with its end of line. */
  String line(T item);
}
