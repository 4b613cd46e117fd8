package dev.waymark.api.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.store.PageView;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Opens exports, so many at once. */
@Singleton
public final class Exports {
  private final ObjectMapper json;
  private final int limit;
  private final Semaphore running;

  Exports(ObjectMapper json, ApiConfig config) {
    this.json = json;
    this.limit = config.reads().maxExports();
    this.running = new Semaphore(limit);
  }

  /** A list, a page at a time. */
  public interface Pages<T> {
    /**
     * One page.
     *
     * @param cursor where the page before ended; null: the first
     */
    PageView<T> at(@Nullable String cursor);
  }

  /**
   * The whole list as a file. The first page is read at once, so that what is wrong is thrown here;
   * the others as the file is read. The reader closes it. Throws {@link TooManyExportsException}.
   */
  public <T extends Record> InputStream open(ExportFormat format, Class<T> type, Pages<T> pages) {
    if (!running.tryAcquire()) {
      throw new TooManyExportsException(limit);
    }
    try {
      RowWriter<T> rows =
          format == ExportFormat.CSV ? new CsvRows<>(type, json) : new NdjsonRows<>(json);
      return new ExportStream<>(pages, pages.at(null), rows, running::release);
    } catch (RuntimeException e) {
      running.release();
      throw e;
    }
  }
}
