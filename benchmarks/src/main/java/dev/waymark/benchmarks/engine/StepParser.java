package dev.waymark.benchmarks.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.waymark.schemas.event.EventCodec;
import java.io.IOException;

/** Reads the few fields that the benchmark's rules need, in one streaming pass. */
final class StepParser {
  private final JsonFactory json = new JsonFactory();
  private String type = "";
  private String action = "";
  private String status = "";
  private String run = "";
  private String call = "";
  private int seq;
  private long timeMicros;

  Step parse(byte[] event) throws IOException {
    action = "";
    status = "";
    call = "";
    try (JsonParser parser = json.createParser(event)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "seq" -> seq = parser.getIntValue();
          case "t" -> timeMicros = EventCodec.parseTime(parser.getText());
          case "type" -> type = parser.getText();
          case "payload" -> readPayload(parser);
          case "meta" -> readMeta(parser);
          default -> parser.skipChildren();
        }
      }
    }
    return new Step(run, seq, timeMicros, call, kinds());
  }

  private void readPayload(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "action" -> action = parser.getText();
        case "status" -> status = parser.getText();
        default -> parser.skipChildren();
      }
    }
  }

  private void readMeta(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "run_id" -> run = parser.getText();
        case "call_id" -> call = parser.getText();
        case "action" -> action = parser.getText();
        default -> parser.skipChildren();
      }
    }
  }

  private int kinds() {
    return switch (type) {
      case "action_request" -> Step.REQUEST | requestKinds();
      case "action_response" -> Step.RESPONSE | (isLookUp() ? Step.LOOK_UP : 0);
      case "final_output", "error" -> Step.ANSWER;
      default -> 0;
    };
  }

  private int requestKinds() {
    if (action.startsWith("book_")) {
      return Step.BOOKING;
    }
    if (action.startsWith("charge_")) {
      return Step.CHARGE;
    }
    return switch (action) {
      case "refund_order" -> Step.REFUND;
      case "notify_user" -> Step.NOTICE;
      default -> 0;
    };
  }

  private boolean isLookUp() {
    return action.startsWith("get_user_") && status.equals("success");
  }
}
