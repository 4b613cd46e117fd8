package dev.waymark.jobs.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Ids that depend on nothing but what decided a violation, so that a replay gives the same. */
public final class ViolationIds {
  private static final int ID_BYTES = 16;
  private static final char SEPARATOR = '\n';

  private ViolationIds() {}

  /**
   * First 128 bits of SHA-256 over tenant, rule, version, case and the identities of the evidence.
   *
   * @param occasion tells apart violations of a case that no event proves; else empty
   */
  public static String of(
      String tenant,
      String ruleId,
      String version,
      String caseId,
      List<Proof> proofs,
      String occasion) {
    StringBuilder decided = new StringBuilder();
    for (String part : List.of(tenant, ruleId, version, caseId, occasion)) {
      decided.append(part).append(SEPARATOR);
    }
    for (Proof proof : proofs) {
      Mark mark = proof.mark();
      decided.append(mark.runId()).append(SEPARATOR).append(mark.seq()).append(SEPARATOR);
      decided.append(mark.identity() == null ? "" : mark.identity()).append(SEPARATOR);
      decided.append(proof.role()).append(SEPARATOR);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(decided.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
