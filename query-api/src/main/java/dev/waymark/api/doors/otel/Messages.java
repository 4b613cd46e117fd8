package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words in messages to and from a model, in any of the forms that the conventions have
 * for them: {@code parts}, {@code content}, {@code contents}, {@code message_content}.
 */
final class Messages {
  private static final List<String> HOLDERS =
      List.of(
          "message",
          "content",
          "parts",
          "contents",
          "message_content",
          "text",
          "messages",
          "prompt");
  private static final String ROLE = "role";

  private Messages() {}

  /** All words of the messages; null where there are none. */
  static @Nullable String words(@Nullable JsonNode messages) {
    List<String> found = new ArrayList<>();
    if (messages != null) {
      collect(messages, found);
    }
    return found.isEmpty() ? null : String.join("\n", found);
  }

  /** The words of the last message by a user; all words where no message names one. */
  static @Nullable String lastOfUser(@Nullable JsonNode messages) {
    JsonNode list = messages == null || messages.isArray() ? messages : messages.path("messages");
    if (list != null) {
      for (int i = list.size() - 1; i >= 0; i--) {
        JsonNode message = list.get(i).has("message") ? list.get(i).path("message") : list.get(i);
        if (message.path(ROLE).asText().equals("user")) {
          return words(message);
        }
      }
    }
    return words(messages);
  }

  private static void collect(JsonNode node, List<String> found) {
    if (node.isTextual() && !node.asText().isBlank()) {
      found.add(node.asText());
    } else if (node.isArray()) {
      node.forEach(each -> collect(each, found));
    } else if (node.isObject()) {
      HOLDERS.forEach(holder -> collect(node.path(holder), found));
    }
  }
}
