package dev.waymark.checks.tenant;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent, or all whose id matches a glob.
 *
 * @param id glob
 * @param signature whether it must sign; null: as its tenant says
 * @param keys those it may sign with; several while one takes over from another
 * @param tools what it may do; null: anything
 */
public record Agent(
    String id,
    @Nullable SignatureMode signature,
    List<SigningKey> keys,
    @Nullable List<Tool> tools) {

  public Optional<SigningKey> key(String keyId) {
    return keys.stream().filter(key -> key.id().equals(keyId)).findFirst();
  }
}
