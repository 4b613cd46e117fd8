package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.api.doors.Json;
import org.jspecify.annotations.Nullable;

/** Token counts of a model call, in the contract's names. */
final class Usage {
  private Usage() {}

  /** Reads them; empty where there are none. */
  static ObjectNode of(Attributes attributes) {
    ObjectNode usage = Json.object();
    put(
        usage,
        "input_tokens",
        attributes.count(
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.prompt_tokens",
            "llm.token_count.prompt",
            "ai.usage.promptTokens",
            "ai.usage.inputTokens"));
    put(
        usage,
        "output_tokens",
        attributes.count(
            "gen_ai.usage.output_tokens",
            "gen_ai.usage.completion_tokens",
            "llm.token_count.completion",
            "ai.usage.completionTokens",
            "ai.usage.outputTokens"));
    put(
        usage,
        "cached_input_tokens",
        attributes.count(
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
            "llm.token_count.prompt_details.cache_read",
            "ai.usage.cachedInputTokens"));
    put(
        usage,
        "cache_write_input_tokens",
        attributes.count(
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens",
            "llm.token_count.prompt_details.cache_write"));
    return usage;
  }

  private static void put(ObjectNode usage, String field, @Nullable Long tokens) {
    if (tokens != null) {
      usage.put(field, tokens);
    }
  }
}
