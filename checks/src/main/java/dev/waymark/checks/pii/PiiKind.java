package dev.waymark.checks.pii;

import java.util.Locale;

/** What sort of personal data a span is. */
public enum PiiKind {
  EMAIL,
  IBAN,
  CREDIT_CARD,
  US_SSN,
  IP_ADDRESS,
  PASSPORT,
  DATE_OF_BIRTH,
  PHONE,
  STREET_ADDRESS,
  PERSON;

  /** As it is written in files and findings. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
