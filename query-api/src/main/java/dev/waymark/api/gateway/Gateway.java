package dev.waymark.api.gateway;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.payload.LargePayloads;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Heartbeat;
import dev.waymark.schemas.event.UndecodableException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the doors made of a request: structure, gate, large payloads, duplicates, Kafka, in
 * this order. Returns once the broker has acknowledged what is counted as accepted.
 */
@Singleton
public final class Gateway {
  /** Smaller ones cannot become much. */
  private static final int LARGE_BYTES = 64 << 10;

  /**
   * Sixty threads that compute keep those from the processor that read from the network, and
   * whoever is to be turned away waits as long as the others.
   */
  private final Semaphore processors =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  private final EventCodec codec;
  private final Gate gate;
  private final DuplicateWindow window;
  private final LargePayloads payloads;
  private final EventPublisher publisher;
  private final Records records;

  Gateway(
      ApiConfig config,
      Gate gate,
      DuplicateWindow window,
      LargePayloads payloads,
      EventPublisher publisher) {
    // A record may be as large as a request here; its payload goes to the object store.
    this.codec =
        new EventCodec(
            new EventLimits(
                config.ingest().maxBodyBytes(),
                EventLimits.DEFAULT.maxNestingDepth(),
                EventLimits.DEFAULT.maxIdBytes()));
    this.gate = gate;
    this.window = window;
    this.payloads = payloads;
    this.publisher = publisher;
    this.records = new Records(config.checkedMark());
  }

  /**
   * Takes the events of one request. Throws {@link NotAcceptedException} where the broker does not
   * answer, and what {@link LargePayloads#store} throws.
   *
   * @param idempotencyKey the request's, given to events that have none; null: none
   * @param sender whose events it may bring
   */
  public Receipt accept(
      List<Candidate> candidates, @Nullable String idempotencyKey, Sender sender) {
    List<Rejection> rejected = new ArrayList<>();
    Admission admission = admit(candidates, idempotencyKey, sender, rejected);
    List<Submission> stored = store(admission.admitted(), rejected);
    List<Submission> refused = new ArrayList<>();
    for (Refusal refusal : admission.refused()) {
      rejected.add(refusal.rejection());
      refused.add(withoutLargePayloads(refusal.submission()));
    }
    Map<Digest, Digest> fresh = new HashMap<>();
    List<Submission> unknown = withoutDuplicates(stored, fresh);
    publisher.publish(records.of(unknown, refused));
    fresh.forEach(window::add);
    return new Receipt(unknown.size(), stored.size() - unknown.size(), List.of())
        .withRejected(rejected);
  }

  /** All that needs the processor: as many at once as there are processors. */
  private Admission admit(
      List<Candidate> candidates,
      @Nullable String idempotencyKey,
      Sender sender,
      List<Rejection> rejected) {
    processors.acquireUninterruptibly();
    try {
      List<Candidate> simple = withoutComplex(candidates, rejected);
      List<Candidate> keyed =
          idempotencyKey == null
              ? simple
              : IdempotencyKeys.give(simple, candidates.size(), idempotencyKey);
      return gate.admit(decode(keyed, sender, rejected));
    } finally {
      processors.release();
    }
  }

  /** Before anything is built of it: a large record may become a tree on its way. */
  private List<Candidate> withoutComplex(List<Candidate> candidates, List<Rejection> rejected) {
    List<Candidate> simple = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      if (candidate.record().length > LARGE_BYTES && Complexity.isBeyondLimit(candidate.record())) {
        rejected.add(
            new Rejection(
                candidate.index(), "record", "at most " + Complexity.MAX_VALUES + " values"));
      } else {
        simple.add(candidate);
      }
    }
    return simple;
  }

  private List<Submission> decode(
      List<Candidate> candidates, Sender sender, List<Rejection> rejected) {
    List<Submission> decoded = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      try {
        Submission submission = owned(candidate, sender);
        Optional<Rejection> objection = sender.objection(submission);
        if (objection.isPresent()) {
          rejected.add(objection.get());
        } else if (submission.decoded() instanceof Heartbeat) {
          rejected.add(new Rejection(candidate.index(), "type", "heartbeats are not taken here"));
        } else {
          decoded.add(submission);
        }
      } catch (UndecodableException e) {
        rejected.add(Rejection.of(candidate.index(), e.detail()));
      }
    }
    return decoded;
  }

  /** An event that names no tenant is the sender's; only then its bytes change. */
  private Submission owned(Candidate candidate, Sender sender) throws UndecodableException {
    Submission submission = submission(candidate);
    return sender.isForeign(submission)
        ? submission(Ownership.give(candidate, String.valueOf(sender.tenant())))
        : submission;
  }

  private Submission submission(Candidate candidate) throws UndecodableException {
    return new Submission(
        candidate.index(), codec.decode(candidate.record()), candidate.record(), List.of());
  }

  /** Other bytes of a known identity are no duplicate: the trail shows both. */
  private List<Submission> withoutDuplicates(
      List<Submission> submissions, Map<Digest, Digest> fresh) {
    List<Submission> unknown = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      Digest identity = Digest.of(submission.identity());
      Digest content = Digest.of(submission.record());
      if (!window.has(identity, content) && !content.equals(fresh.put(identity, content))) {
        unknown.add(submission);
      }
    }
    return unknown;
  }

  private List<Submission> store(List<Submission> submissions, List<Rejection> rejected) {
    List<Submission> stored = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      Submission small = withoutLargePayloads(submission);
      if (small.isTooLarge()) {
        rejected.add(
            new Rejection(
                submission.index(),
                "record",
                "at most "
                    + EventLimits.DEFAULT.maxEventBytes()
                    + " bytes without its payload, was "
                    + small.record().length));
      } else {
        stored.add(small);
      }
    }
    return stored;
  }

  private Submission withoutLargePayloads(Submission submission) {
    return submission.decoded() instanceof Event event
        ? submission.withRecord(payloads.store(event.tenant(), submission.record()))
        : submission;
  }
}
