package dev.waymark.api.http;

import dev.waymark.api.gateway.Candidate;
import dev.waymark.api.gateway.Gateway;
import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.gateway.Sender;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.ConflictStore;
import dev.waymark.api.store.ConflictView;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.DeadLetterStore;
import dev.waymark.api.store.DeadLetterView;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RefusedEventStore;
import dev.waymark.api.store.RefusedEventView;
import dev.waymark.api.store.TimeRange;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** Binds {@link ReceivedOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReceivedController implements ReceivedOperations {
  private final DeadLetterStore deadLetters;
  private final ConflictStore conflicts;
  private final RefusedEventStore refusedEvents;
  private final Gateway gateway;

  ReceivedController(
      DeadLetterStore deadLetters,
      ConflictStore conflicts,
      RefusedEventStore refusedEvents,
      Gateway gateway) {
    this.deadLetters = deadLetters;
    this.conflicts = conflicts;
    this.refusedEvents = refusedEvents;
    this.gateway = gateway;
  }

  @Override
  public PageView<DeadLetterView> deadLetters(DeadLettersQuery query) {
    Parameters parameters = new Parameters();
    String reason = parameters.oneOf("reason", query.reason(), Choices.DEAD_LETTER_REASONS);
    String job = parameters.name("job", query.job());
    TimeRange detected = parameters.range(query.from(), query.to());
    PageRequest page = parameters.page(Cursor.Kind.DEAD_LETTERS, query.limit(), query.cursor());
    parameters.check();
    return deadLetters.list(reason, job, detected, page);
  }

  @Override
  public Receipt redrive(RedriveQuery query) {
    Parameters parameters = new Parameters();
    String topic = parameters.required("topic", query.topic());
    int partition = (int) parameters.requiredNumber("partition", query.partition());
    long offset = parameters.requiredNumber("offset", query.offset());
    parameters.check();
    byte[] record =
        deadLetters
            .bytes(topic, partition, offset)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "dead letter", topic + "/" + partition + "/" + offset));
    Receipt receipt = gateway.accept(List.of(new Candidate(0, record)), null, Sender.ANY);
    if (!receipt.rejected().isEmpty()) {
      throw ProblemException.refusedAgain(receipt.rejected().get(0));
    }
    return receipt;
  }

  @Override
  public PageView<ConflictView> conflicts(ConflictsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    String run = parameters.name("run", query.run());
    String agent = parameters.name("agent", query.agent());
    TimeRange detected = parameters.range(query.from(), query.to());
    PageRequest page = parameters.page(Cursor.Kind.CONFLICTS, query.limit(), query.cursor());
    parameters.check();
    return conflicts.list(scope, run, agent, detected, page);
  }

  @Override
  public PageView<RefusedEventView> refusedEvents(RefusedEventsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    String run = parameters.name("run", query.run());
    String agent = parameters.name("agent", query.agent());
    TimeRange refused = parameters.range(query.from(), query.to());
    PageRequest page = parameters.page(Cursor.Kind.REFUSED_EVENTS, query.limit(), query.cursor());
    parameters.check();
    return refusedEvents.list(scope, run, agent, refused, page);
  }
}
