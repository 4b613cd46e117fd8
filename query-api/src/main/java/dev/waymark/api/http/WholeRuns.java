package dev.waymark.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.payload.LargePayloads;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RawJson;
import dev.waymark.api.store.RunStore;
import dev.waymark.api.store.RunView;
import dev.waymark.api.store.TimeRange;
import dev.waymark.api.store.TrailEventView;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs with all that belongs to them: payloads that were put away, and every event. */
@Singleton
final class WholeRuns {
  private static final int EVENTS_AT_ONCE = 200;

  private final RunStore runs;
  private final LargePayloads payloads;
  private final ObjectMapper json;
  private final int pageBytes;

  WholeRuns(RunStore runs, LargePayloads payloads, ObjectMapper json, ApiConfig config) {
    this.runs = runs;
    this.payloads = payloads;
    this.json = json;
    this.pageBytes = config.http().pageBytes();
  }

  /**
   * The run of that id; throws a problem where there is none, or several and no tenant is named.
   */
  RunView theOne(String runId, @Nullable String tenant) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(tenant);
    parameters.text("run_id", runId);
    parameters.check();
    return RunController.theOne(runs.find(scope, runId), runId);
  }

  /**
   * A page with payloads back in their place. It ends earlier where they are large, and holds one
   * event at least.
   */
  PageView<TrailEventView> restore(String tenant, PageView<TrailEventView> page) {
    List<TrailEventView> restored = new ArrayList<>();
    long bytes = 0;
    for (TrailEventView event : page.items()) {
      bytes += payloads.bytesPutAway(event.event().json());
      if (bytes > pageBytes && !restored.isEmpty()) {
        return new PageView<>(restored, page.items().get(restored.size() - 1).cursorBehind());
      }
      restored.add(event.withEvent(new RawJson(payloads.restore(tenant, event.event().json()))));
    }
    return new PageView<>(restored, page.nextCursor());
  }

  /** {@code {"run": …, "events": […]}}, page by page as it is read. */
  InputStream stream(RunView run) {
    return new SequenceInputStream(new Parts(run));
  }

  /** Begin, pages, end. */
  @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
  private final class Parts implements Enumeration<InputStream> {
    private final RunView run;
    private boolean hasBegun;
    private boolean hasEvents;
    private boolean hasEnded;
    private @Nullable String cursor;

    Parts(RunView run) {
      this.run = run;
    }

    @Override
    public boolean hasMoreElements() {
      return !hasEnded;
    }

    @Override
    public InputStream nextElement() {
      if (hasEnded) {
        throw new NoSuchElementException();
      }
      StringBuilder part = new StringBuilder();
      if (!hasBegun) {
        part.append("{\"run\":").append(written(ToonRunView.of(run))).append(",\"events\":[");
        hasBegun = true;
      }
      PageView<TrailEventView> page = next();
      page.items().forEach(event -> append(part, event));
      cursor = page.nextCursor();
      hasEnded = cursor == null;
      if (hasEnded) {
        part.append("]}");
      }
      return new ByteArrayInputStream(part.toString().getBytes(StandardCharsets.UTF_8));
    }

    private PageView<TrailEventView> next() {
      Optional<Cursor> after =
          Optional.ofNullable(cursor).flatMap(text -> Cursor.decode(Cursor.Kind.TRAIL, text));
      return restore(
          run.tenant(),
          runs.trail(
              TenantScope.of(run.tenant()),
              run.runId(),
              TimeRange.ALL,
              new PageRequest(EVENTS_AT_ONCE, after)));
    }

    private void append(StringBuilder part, TrailEventView event) {
      part.append(hasEvents ? "," : "").append(event.event().json());
      hasEvents = true;
    }
  }

  private String written(Object view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view can be written", e);
    }
  }
}
