package dev.waymark.client.send;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Several files as one stream by time; ties by the order of the files, then within the file. Holds
 * one line a file.
 */
final class Merge {
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(
          Comparator.comparingLong((Head head) -> head.line.placeMicros())
              .thenComparingInt(head -> head.index));

  Merge(List<EventFile> files) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      advance(files.get(i), i);
    }
  }

  /** The next line of all; null when every file is at its end. */
  @Nullable Line next() throws IOException {
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    advance(head.file, head.index);
    return head.line;
  }

  private void advance(EventFile file, int index) throws IOException {
    Line line = file.next();
    if (line != null) {
      heads.add(new Head(line, file, index));
    }
  }

  private record Head(Line line, EventFile file, int index) {}
}
