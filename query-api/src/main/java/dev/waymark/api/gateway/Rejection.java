package dev.waymark.api.gateway;

import io.micronaut.core.annotation.Introspected;

/**
 * Why a part of a request was not taken.
 *
 * @param index its place in the request, from 0
 * @param path of the field that is wrong, within that part; {@code record} for the whole of it
 * @param reason what it must be, and what it was
 */
@Introspected
public record Rejection(int index, String path, String reason) {
  /** From a message that begins with the path of the field: {@code meta.run_id: required}. */
  static Rejection of(int index, String detail) {
    int colon = detail.indexOf(": ");
    return new Rejection(index, detail.substring(0, colon), detail.substring(colon + 2));
  }
}
