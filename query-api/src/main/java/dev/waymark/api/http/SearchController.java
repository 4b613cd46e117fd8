package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.SearchFilter;
import dev.waymark.api.store.SearchHitView;
import dev.waymark.api.store.SearchStore;
import dev.waymark.api.store.TimeRange;
import dev.waymark.api.text.TextQuery;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;

/** Binds {@link SearchOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SearchController implements SearchOperations {
  private final SearchStore store;

  SearchController(SearchStore store) {
    this.store = store;
  }

  @Override
  public PageView<SearchHitView> search(SearchQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    Optional<TextQuery> words = parameters.words("q", query.q() == null ? "" : query.q());
    String agent = parameters.name("agent", query.agent());
    TimeRange range = parameters.range(query.from(), query.to());
    PageRequest page = parameters.page(Cursor.Kind.SEARCH, query.limit(), query.cursor());
    parameters.check();
    return store.search(scope, new SearchFilter(words.orElseThrow(), agent, range), page);
  }
}
