package dev.waymark.checks.pii;

import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All kinds of personal data, the surest first: what one kind has taken, no later kind takes. Of
 * integers only card numbers are looked for.
 */
public final class PersonalData implements Detector {
  private final Map<PiiKind, Detector> detectors = new EnumMap<>(PiiKind.class);

  /**
   * Looks for some kinds only.
   *
   * @param phoneRegions where numbers without a country code may belong to, ISO 3166 codes
   */
  public PersonalData(Set<PiiKind> kinds, Set<String> phoneRegions) {
    for (PiiKind kind : kinds) {
      detectors.put(kind, detector(kind, phoneRegions));
    }
  }

  private static Detector detector(PiiKind kind, Set<String> phoneRegions) {
    return switch (kind) {
      case EMAIL -> new Emails();
      case IBAN -> new Ibans();
      case CREDIT_CARD -> new CardNumbers();
      case US_SSN -> new SocialSecurityNumbers();
      case IP_ADDRESS -> new IpAddresses();
      case PASSPORT -> new Passports();
      case DATE_OF_BIRTH -> new BirthDates();
      case PHONE -> new PhoneNumbers(phoneRegions);
      case STREET_ADDRESS -> new StreetAddresses();
      case PERSON -> new PersonNames();
    };
  }

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.form() == Passage.Form.NUMBER) {
      Detector cards = detectors.get(PiiKind.CREDIT_CARD);
      if (cards != null) {
        cards.find(passage, found);
      }
      return;
    }
    FirstTaken taken = new FirstTaken(found);
    for (Detector detector : detectors.values()) {
      detector.find(passage, taken);
    }
  }

  /** Passes on spans that overlap none before. */
  private static final class FirstTaken implements Consumer<Span> {
    private final Consumer<Span> found;
    private @Nullable BitSet taken;

    FirstTaken(Consumer<Span> found) {
      this.found = found;
    }

    @Override
    public void accept(Span span) {
      if (taken == null) {
        taken = new BitSet();
      }
      if (taken.get(span.start(), span.end()).isEmpty()) {
        taken.set(span.start(), span.end());
        found.accept(span);
      }
    }
  }
}
