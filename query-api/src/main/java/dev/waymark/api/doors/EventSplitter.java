package dev.waymark.api.doors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.waymark.api.gateway.Candidate;
import dev.waymark.schemas.event.EventLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a request into records without changing a byte of them: one object, a JSON array, or lines
 * of JSON. What a record holds is not looked at.
 */
final class EventSplitter {
  /** A list around events that may be as deep as the contract allows. */
  private static final int MAX_DEPTH = EventLimits.DEFAULT.maxNestingDepth() + 1;

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();
  private final int maxEvents;

  EventSplitter(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  /**
   * One object or an array. An array that breaks off is refused as a whole.
   *
   * @param body valid UTF-8
   */
  List<Candidate> json(byte[] body) throws UnmappableException, TooManyEventsException {
    try (JsonParser parser = json.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_ARRAY) {
        return List.of(new Candidate(0, body));
      }
      List<Candidate> events = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        requireRoom(events.size());
        int begin = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        events.add(new Candidate(events.size(), Arrays.copyOfRange(body, begin, end)));
      }
      if (parser.nextToken() != null) {
        throw new UnmappableException("body", "something follows the array");
      }
      return events;
    } catch (JsonProcessingException e) {
      throw new UnmappableException("body", "must be JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** One record a line; empty lines do not count. */
  List<Candidate> lines(byte[] body) throws TooManyEventsException {
    List<Candidate> events = new ArrayList<>();
    int begin = 0;
    while (begin < body.length) {
      int end = begin;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      boolean hasReturn = end > begin && body[end - 1] == '\r';
      byte[] line = Arrays.copyOfRange(body, begin, hasReturn ? end - 1 : end);
      if (!isBlank(line)) {
        requireRoom(events.size());
        events.add(new Candidate(events.size(), line));
      }
      begin = end + 1;
    }
    return events;
  }

  private void requireRoom(int events) throws TooManyEventsException {
    if (events == maxEvents) {
      throw new TooManyEventsException(maxEvents);
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t') {
        return false;
      }
    }
    return true;
  }
}
