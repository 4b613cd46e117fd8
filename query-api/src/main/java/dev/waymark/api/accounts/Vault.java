package dev.waymark.api.accounts;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.Secrets;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what must be read again: AES-256-GCM under the master key, a random nonce before the
 * ciphertext. What it belongs to is authenticated with it, so it cannot be moved elsewhere.
 */
@Singleton
final class Vault {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final @Nullable SecretKeySpec key;

  Vault(ApiConfig config) {
    byte[] master = config.security().masterKey();
    this.key = master == null ? null : new SecretKeySpec(master, "AES");
  }

  /** Throws {@link NoMasterKeyException}. */
  byte[] lock(byte[] secret, String belongsTo) {
    byte[] nonce = Secrets.bytes(NONCE_BYTES);
    try {
      byte[] locked = cipher(Cipher.ENCRYPT_MODE, nonce, belongsTo).doFinal(secret);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + locked.length);
      System.arraycopy(locked, 0, whole, NONCE_BYTES, locked.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** Throws {@link NoMasterKeyException}, also where it was locked under another. */
  byte[] unlock(byte[] whole, String belongsTo) {
    byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, belongsTo)
          .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new NoMasterKeyException("the master key is not the one it was encrypted with");
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String belongsTo) throws GeneralSecurityException {
    if (key == null) {
      throw new NoMasterKeyException("WAYMARK_MASTER_KEY is not set");
    }
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(belongsTo.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
