package dev.waymark.api.export;

import dev.waymark.api.store.PageView;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is made while it is read: one page is in memory, and of it one line as text. Whoever
 * reads slowly makes it slow and holds nothing else: between two pages no connection is open.
 */
final class ExportStream<T> extends InputStream {
  private final Exports.Pages<T> pages;
  private final RowWriter<T> rows;
  private final Runnable onClose;
  private PageView<T> page;
  private int next;
  private byte[] line;
  private int at;
  private boolean isClosed;

  ExportStream(Exports.Pages<T> pages, PageView<T> first, RowWriter<T> rows, Runnable onClose) {
    this.pages = pages;
    this.page = first;
    this.rows = rows;
    this.onClose = onClose;
    this.line = rows.head().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    int filled = 0;
    while (filled < length && hasBytes()) {
      int part = Math.min(length - filled, line.length - at);
      System.arraycopy(line, at, into, offset + filled, part);
      at += part;
      filled += part;
    }
    return filled == 0 && length > 0 ? -1 : filled;
  }

  private boolean hasBytes() {
    while (at == line.length) {
      T item = nextItem();
      if (item == null) {
        return false;
      }
      line = rows.line(item).getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return true;
  }

  private @Nullable T nextItem() {
    while (next == page.items().size()) {
      if (page.nextCursor() == null || isClosed) {
        return null;
      }
      page = pages.at(page.nextCursor());
      next = 0;
    }
    return page.items().get(next++);
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      onClose.run();
    }
  }
}
