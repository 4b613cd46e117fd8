package dev.waymark.api.http;

import dev.waymark.api.feed.FeedFilter;
import dev.waymark.api.feed.FeedHub;
import dev.waymark.api.feed.FeedKind;
import dev.waymark.api.feed.FeedOutlet;
import dev.waymark.api.text.TextQuery;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher asked for, read and checked.
 *
 * @param lastId of the last message that the watcher had
 */
record FeedRequest(FeedFilter filter, Optional<String> lastId) {
  /** Throws {@link ProblemException} (400) with everything that is wrong. */
  static FeedRequest of(FeedQuery query, @Nullable String lastEventId) {
    Parameters parameters = new Parameters();
    Set<FeedKind> kinds = parameters.someOf("kind", query.kind(), Choices.FEED_KINDS);
    Optional<TextQuery> text = parameters.words("q", query.q());
    FeedFilter filter =
        new FeedFilter(
            parameters.tenant(query.tenant()),
            kinds.isEmpty() ? Set.copyOf(Choices.FEED_KINDS.values()) : kinds,
            parameters.name("run", query.run()),
            parameters.name("agent", query.agent()),
            parameters.someOf("type", query.type(), Choices.EVENT_TYPES),
            parameters.someOf("severity", query.severity(), Choices.SEVERITIES),
            text.orElse(null));
    String lastId = query.lastId() == null ? lastEventId : query.lastId();
    if (lastId != null && !FeedHub.isResumeId(lastId)) {
      parameters.refuse("last_id", "must be the id of a message of this feed");
    }
    parameters.check();
    return new FeedRequest(filter, Optional.ofNullable(lastId));
  }

  void watch(FeedHub hub, FeedOutlet outlet) {
    hub.watch(filter, lastId, outlet);
  }
}
