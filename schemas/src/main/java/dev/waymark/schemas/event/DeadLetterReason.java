package dev.waymark.schemas.event;

import java.util.Locale;

/** Why a record could not be taken. An enum, so that reasons can be counted. */
public enum DeadLetterReason {
  /** Longer than the configured limit. */
  TOO_LARGE,
  /** No JSON at all, truncated, nested too deeply, or not UTF-8. */
  NOT_JSON,
  /** JSON, but no object. */
  NOT_AN_OBJECT,
  /** A field the contract requires is missing. */
  MISSING_FIELD,
  /** A field has the wrong type or a value outside its range. */
  BAD_FIELD,
  /** A field the contract knows occurs twice: two readers would see two events. */
  DUPLICATE_FIELD,
  /** Holds a NUL character, which PostgreSQL cannot store. */
  NUL_CHARACTER,
  /** The database refused the row. */
  REFUSED_BY_STORE;

  /** The reason as it appears in tables, headers and the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
