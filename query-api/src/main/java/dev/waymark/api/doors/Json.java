package dev.waymark.api.doors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as the doors read and write it: numbers keep every digit. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int MAX_NODES_ANYWAY = 16;
  private static final int MIN_CHARS_A_NODE = 16;

  private Json() {}

  /** Throws Jackson's exception for what is no JSON or names a field twice. */
  public static JsonNode read(byte[] bytes) throws java.io.IOException {
    return MAPPER.readTree(bytes);
  }

  /**
   * The JSON that a text holds, where it holds an object or a list of some substance; else the
   * text.
   */
  public static JsonNode inText(String text) {
    String bare = text.strip();
    boolean isStructure = bare.startsWith("{") || bare.startsWith("[");
    if (!isStructure || isDense(bare)) {
      return MAPPER.getNodeFactory().textNode(text);
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MAPPER.getNodeFactory().textNode(text);
    }
  }

  /** A tree of brackets alone takes thirty times the memory of their text. */
  private static boolean isDense(String text) {
    long nodes = text.chars().filter(each -> each == '[' || each == '{' || each == ',').count();
    return nodes > MAX_NODES_ANYWAY && nodes > text.length() / MIN_CHARS_A_NODE;
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
