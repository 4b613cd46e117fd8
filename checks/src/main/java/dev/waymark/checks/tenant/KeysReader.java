package dev.waymark.checks.tenant;

import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.rule.NodeReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one agent. A secret never stands in the file, nor in a problem. */
final class KeysReader {
  private static final int MAX_KEYS = 10;
  private static final int MIN_SECRET_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final NodeReader agent;
  private final KeySource source;

  KeysReader(NodeReader agent, KeySource source) {
    this.agent = agent;
    this.source = source;
  }

  List<SigningKey> read() {
    List<SigningKey> keys = new ArrayList<>();
    Map<String, String> firstUse = new HashMap<>();
    for (NodeReader item : agent.list("keys", MAX_KEYS)) {
      TenantReader.requireObject(item);
      item.allow("id", "env", "file", "not_before", "not_after");
      String id = TenantReader.requiredText(item, "id", 64);
      if (!id.isEmpty() && !ID.matcher(id).matches()) {
        item.problem("id", "must be 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', was " + id);
      }
      keys.add(new SigningKey(id, secret(item), time(item, "not_before"), time(item, "not_after")));
      TenantsParser.requireUnique(item, firstUse);
    }
    return keys;
  }

  private byte[] secret(NodeReader key) {
    String variable = key.text("env");
    String file = key.text("file");
    if ((variable == null) == (file == null)) {
      if (key.isObject() && key.has("env") == key.has("file")) {
        key.problem("", "must have either env or file, which name where the secret lies");
      }
      return new byte[0];
    }
    return variable != null
        ? bytes(key, "env", variable, source.variable(variable), "is not set")
        : bytes(
            key, "file", String.valueOf(file), source.file(String.valueOf(file)), "cannot be read");
  }

  private static byte[] bytes(
      NodeReader key, String field, String name, Optional<String> text, String missing) {
    if (text.isEmpty()) {
      key.problem(field, name + " " + missing);
      return new byte[0];
    }
    byte[] secret = text.get().strip().getBytes(StandardCharsets.UTF_8);
    if (secret.length < MIN_SECRET_BYTES) {
      key.problem(
          field, name + " must hold at least " + MIN_SECRET_BYTES + " bytes, had " + secret.length);
    }
    return secret;
  }

  private static @Nullable Long time(NodeReader key, String name) {
    String text = key.text(name);
    if (text == null) {
      return null;
    }
    try {
      return EventCodec.parseTime(text);
    } catch (DateTimeException e) {
      key.problem(name, "must be an RFC 3339 time, was " + text);
      return null;
    }
  }
}
