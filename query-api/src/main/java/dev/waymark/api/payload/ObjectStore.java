package dev.waymark.api.payload;

import java.util.Optional;

/**
 * Bytes by name, written once and never changed. Both methods throw {@link
 * ObjectsUnavailableException} where the store does not answer.
 */
interface ObjectStore extends AutoCloseable {
  /** Returns once the bytes are safe; a name that is there already is left as it is. */
  void put(String name, byte[] bytes);

  /** Empty where there is nothing of that name. */
  Optional<byte[]> get(String name);

  @Override
  void close();
}
