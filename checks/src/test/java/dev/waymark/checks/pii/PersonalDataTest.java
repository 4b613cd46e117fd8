package dev.waymark.checks.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalDataTest {
  private static final PersonalData DETECTOR =
      new PersonalData(EnumSet.allOf(PiiKind.class), Set.of("US", "GB"));

  /** What a text holds, in brackets; what nobody could call personal stays. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write to jane.roe+x@mail.example.co.uk.  | write to [email].",
        "npm i pkg@1.2.3 and @decorator           | npm i pkg@1.2.3 and @decorator",
        "pay 4111 1111 1111 1111 now              | pay [credit_card] now",
        "pay 4111 1111 1111 1112 now              | pay 4111 1111 1111 1112 now",
        "order 1735689600000000000 at 1735689600  | order 1735689600000000000 at 1735689600",
        "to DE89 3704 0044 0532 0130 00, please   | to [iban], please",
        "to DE89370400440532013001 please         | to DE89370400440532013001 please",
        "ssn 219-09-9999 and 000-12-3456          | ssn [us_ssn] and 000-12-3456",
        "from 192.0.2.17:8080 and 2001:db8::1:2   | from [ip_address]:8080 and [ip_address]",
        "version 1.2.3.4 on 127.0.0.1, std::a     | version 1.2.3.4 on 127.0.0.1, std::a",
        "passport no. X1234567 is lost            | passport no. [passport] is lost",
        "born on 3 March 1981 in Rome             | born on [date_of_birth] in Rome",
        "released on 2024-03-01                   | released on 2024-03-01",
        "DOB: 1981-03-03                          | DOB: [date_of_birth]",
        "call +44 20 7946 0958 or (212) 555-2368  | call [phone] or [phone]",
        "from 2025-01-01 to 2025-12-31            | from 2025-01-01 to 2025-12-31",
        "at 12 Baker Street, London               | at [street_address], London",
        "at 1600 Pennsylvania Ave NW              | at [street_address] NW",
        "rue: 12 rue Lafayette                    | rue: [street_address]",
        "2 people on the street                   | 2 people on the street",
        "Dear Mrs. Lindqvist, thanks              | Dear Mrs. [person], thanks",
        "My name is Ludwig van Beethoven.         | My name is [person].",
        "Meet Maria Gonzalez-Perez on Monday      | Meet [person] on Monday",
        "In May the Paris Office will open        | In May the Paris Office will open"
      })
  void finds(String text, String expected) {
    assertThat(marked(Passage.of(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "last_name, Quux, [person]",
    "tool_name, Quux, Quux",
    "customerName, Ada Quux, [person]",
    "passport_number, C01X00T47, [passport]",
    "mobile, 5550100, [phone]",
    "date_of_birth, 1990-12-31, [date_of_birth]"
  })
  void readsTheMembersName(String field, String text, String expected) {
    assertThat(marked(Passage.of(field, text))).isEqualTo(expected);
  }

  @Test
  void looksOnlyForTheKindsItIsAskedFor() {
    PersonalData emails = new PersonalData(EnumSet.of(PiiKind.EMAIL), Set.of());
    List<Span> found = new ArrayList<>();

    emails.find(Passage.of("Mr. Roe, a@mail.com, 4111111111111111"), found::add);

    assertThat(found).containsExactly(new Span("email", 9, 19));
  }

  private static String marked(Passage passage) {
    List<Span> found = new ArrayList<>();
    DETECTOR.find(passage, found::add);
    found.sort(Comparator.comparingInt(Span::start).reversed());
    StringBuilder marked = new StringBuilder(passage.text());
    found.forEach(span -> marked.replace(span.start(), span.end(), "[" + span.kind() + "]"));
    return marked.toString();
  }
}
