package dev.waymark.api.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is too large for a record into the object store, and back into the record when it is
 * read. What is put away is {@code payload}, and {@code meta.x} for itself; in its place stands
 * {@code meta.payload_ref} or {@code meta.x_ref}: {@code {"sha256", "bytes"}}. Numbers and short
 * texts at the top of a payload stay where they are, so that rules and metrics find action, status
 * and latency.
 *
 * <p>Objects are named by tenant and hash: the same payload is kept once a tenant, and a reference
 * that somebody made up leads nowhere but to the tenant's own.
 */
@Singleton
public final class LargePayloads {
  private static final String PAYLOAD = "payload";
  private static final String X = "x";
  private static final String REF = "_ref";

  /** What stays of a payload: texts up to this length, as many as fit. */
  private static final int MAX_KEPT_TEXT = 512;

  private static final int MAX_KEPT_FIELDS = 50;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ObjectStore objects;
  private final int inlineBytes;

  LargePayloads(ObjectStore objects, ApiConfig config) {
    this.objects = objects;
    this.inlineBytes = config.objects().inlineBytes();
  }

  /**
   * The record as it is to be published; the very bytes where nothing of it is too large. Throws
   * {@link ObjectsUnavailableException}.
   *
   * @param record a valid event
   */
  public byte[] store(String tenant, byte[] record) {
    if (record.length <= inlineBytes) {
      return record;
    }
    ObjectNode event = read(new String(record, StandardCharsets.UTF_8));
    ObjectNode meta = event.withObject("/meta");
    ObjectNode payloadRef = putAway(tenant, event.path(PAYLOAD));
    if (payloadRef != null) {
      event.set(PAYLOAD, withoutLarge((ObjectNode) event.path(PAYLOAD)));
      meta.set(PAYLOAD + REF, payloadRef);
    }
    ObjectNode xRef = putAway(tenant, meta.path(X));
    if (xRef != null) {
      meta.remove(X);
      meta.set(X + REF, xRef);
    }
    return payloadRef == null && xRef == null ? record : write(event);
  }

  /**
   * The record with all that was put away from it back in its place; not one byte changed where
   * nothing was, or where the object is gone. Throws {@link ObjectsUnavailableException}.
   */
  public String restore(String tenant, String record) {
    if (!mayHaveRefs(record)) {
      return record;
    }
    ObjectNode event = read(record);
    ObjectNode meta = event.withObject("/meta");
    boolean hasPayload = bringBack(tenant, meta.path(PAYLOAD + REF), event, PAYLOAD);
    boolean hasX = bringBack(tenant, meta.path(X + REF), meta, X);
    return hasPayload || hasX ? new String(write(event), StandardCharsets.UTF_8) : record;
  }

  /** How many bytes {@link #restore} would add at most. */
  public long bytesPutAway(String record) {
    if (!mayHaveRefs(record)) {
      return 0;
    }
    JsonNode meta = read(record).path("meta");
    return meta.path(PAYLOAD + REF).path("bytes").asLong()
        + meta.path(X + REF).path("bytes").asLong();
  }

  private static boolean mayHaveRefs(String record) {
    return record.contains(PAYLOAD + REF) || record.contains(X + REF);
  }

  private @Nullable ObjectNode putAway(String tenant, JsonNode value) {
    if (!value.isObject()) {
      return null;
    }
    byte[] bytes = write(value);
    if (bytes.length <= inlineBytes) {
      return null;
    }
    String hash = sha256(bytes);
    objects.put(name(tenant, hash), bytes);
    return JSON.createObjectNode().put("sha256", hash).put("bytes", bytes.length);
  }

  private boolean bringBack(String tenant, JsonNode ref, ObjectNode parent, String field) {
    String hash = ref.path("sha256").asText();
    if (!hash.matches("[0-9a-f]{64}")) {
      return false;
    }
    Optional<byte[]> bytes = objects.get(name(tenant, hash));
    boolean isWhole = bytes.isPresent() && sha256(bytes.get()).equals(hash);
    if (isWhole) {
      parent.putRawValue(field, new RawValue(new String(bytes.get(), StandardCharsets.UTF_8)));
    }
    return isWhole;
  }

  private static ObjectNode withoutLarge(ObjectNode payload) {
    ObjectNode kept = JSON.createObjectNode();
    payload
        .properties()
        .forEach(
            field -> {
              if (kept.size() < MAX_KEPT_FIELDS && isSmall(field.getKey(), field.getValue())) {
                kept.set(field.getKey(), field.getValue());
              }
            });
    return kept;
  }

  private static boolean isSmall(String name, JsonNode value) {
    return value.isValueNode()
        && name.length() <= MAX_KEPT_TEXT
        && value.asText().length() <= MAX_KEPT_TEXT;
  }

  /** A tenant's name can be anything; its hash is a name for every kind of store. */
  private static String name(String tenant, String hash) {
    String owner = sha256(tenant.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    return owner + '/' + hash.substring(0, 2) + '/' + hash;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static ObjectNode read(String record) {
    try {
      return (ObjectNode) JSON.readTree(record);
    } catch (IOException e) {
      throw new IllegalStateException("an event is valid JSON", e);
    }
  }

  private static byte[] write(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
