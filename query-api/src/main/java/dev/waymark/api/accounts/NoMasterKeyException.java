package dev.waymark.api.accounts;

/** Nothing can be encrypted or read again: the master key is missing or another one. */
public final class NoMasterKeyException extends RuntimeException {
  NoMasterKeyException(String problem) {
    super("signing keys are not to be had: " + problem);
  }
}
