package dev.waymark.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form by RFC 8785's own examples, and signatures over it. */
class EventSignatureTest {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final String EVENT =
      "{\"seq\":1,\"t\":\"2026-03-01T09:00:00Z\",\"actor\":\"agent\",\"type\":\"reasoning\","
          + "\"payload\":{\"thought\":\"a\"},\"meta\":{\"run_id\":\"r\",\"agent_id\":\"a\"}}";

  /** RFC 8785, section 3.2.2 and 3.2.4. */
  @Test
  void writesLiteralsNumbersAndTextAsTheRfcDoes() throws Exception {
    String input =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }""";

    assertThat(canonical(input))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** RFC 8785, section 3.2.3: by UTF-16 code units. */
  @Test
  void sortsMembersAsTheRfcDoes() throws Exception {
    String input =
        """
        {
          "\\u20ac": "Euro Sign",
          "\\r": "Carriage Return",
          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\\ud83d\\ude00": "Emoji: Grinning Face",
          "\\u0080": "Control",
          "\\u00f6": "Latin Small Letter O With Diaeresis"
        }""";

    assertThat(canonical(input))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"\uD83D\uDE00\":\"Emoji: Grinning Face\","
                + "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  /** RFC 8785, appendix B: IEEE 754 bits and what ECMAScript makes of them. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void writesDoublesAsTheRfcDoes(String bits, String expected) throws Exception {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

    assertThat(canonical("{\"n\":" + number + "}")).isEqualTo("{\"n\":" + expected + "}");
  }

  @Test
  void holdsForTheSameEventInAnotherSpelling() throws Exception {
    byte[] signed = EventSignature.sign(bytes(EVENT), "k1", SECRET);
    String respelt =
        "{ \"meta\": {\"agent_id\":\"a\",\"signature\":\""
            + signatureOf(signed)
            + "\","
            + "\"run_id\":\"\\u0072\"}, \"payload\":{\"thought\":\"a\"}, \"type\":\"reasoning\","
            + "\"actor\":\"agent\",\"t\":\"2026-03-01T09:00:00Z\",\"seq\":1.0}";

    assertThat(signatureOf(signed).isOf(EventSignature.signedForm(bytes(respelt)), SECRET))
        .isTrue();
  }

  @Test
  void breaksWithAnyChangeAndWithAnotherSecret() throws Exception {
    byte[] signed = EventSignature.sign(bytes(EVENT), "k1", SECRET);
    byte[] changed = bytes(EVENT.replace("\"seq\":1", "\"seq\":2"));

    assertThat(signatureOf(signed).isOf(EventSignature.signedForm(changed), SECRET)).isFalse();
    assertThat(signatureOf(signed).isOf(EventSignature.signedForm(signed), bytes("x".repeat(32))))
        .isFalse();
  }

  @Test
  void signingAgainReplacesTheOldSignature() throws Exception {
    byte[] once = EventSignature.sign(bytes(EVENT), "k1", SECRET);

    assertThat(EventSignature.sign(once, "k1", SECRET)).isEqualTo(once);
  }

  @Test
  void refusesIntegersThatDoublesCannotTellApart() {
    assertThatThrownBy(() -> EventSignature.signedForm(bytes("{\"n\":[9007199254740993]}")))
        .isInstanceOf(NotCanonicalException.class)
        .hasMessageContaining("2^53");
  }

  @ParameterizedTest
  @CsvSource({"''", "hmac-sha256:k1:00", "HMAC-SHA256:k1:" + ZEROS, "hmac-sha256::" + ZEROS})
  void takesNoOtherForm(String text) {
    assertThat(EventSignature.parse(text)).isEqualTo(Optional.empty());
  }

  private static final String ZEROS =
      "0000000000000000000000000000000000000000000000000000000000000000";

  private static EventSignature signatureOf(byte[] signed) {
    String text = String.valueOf(EventJson.at(EventJson.parse(signed), "meta.signature"));
    return EventSignature.parse(text).orElseThrow();
  }

  private static String canonical(String json) throws Exception {
    return new String(EventSignature.signedForm(bytes(json)), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What the parsed event gives is what its bytes give, and refused is what they refuse. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[1,-0,0.0,-0.0,1e21,1e-7,123456789.125,9007199254740992,-9007199254740992]",
        "9007199254740993",
        "12345678901234567890123",
        "1e30",
        "9.3e18",
        "1e999",
        "\"\\u0001\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007f\u2028 €\uD83D\uDE00\"",
        "\"\\ud83d\"",
        "{\"b\":{\"€\":1,\"\uFB33\":2,\"\uD83D\uDE00\":3,\"a\":null},\"a\":[[],{},true,false]}",
        "{\"twice\":1,\"twice\":2,\"signature\":3,\"meta\":{\"signature\":4}}"
      })
  void signsTheParsedEventAlike(String value) {
    byte[] raw =
        EVENT
            .replace("{\"thought\":\"a\"}", "{\"thought\":" + value + "}")
            .replace("\"agent_id\":\"a\"", "\"agent_id\":\"a\",\"signature\":\"x\"")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(formOr(() -> EventSignature.signedForm(raw, EventJson.parse(raw))))
        .isEqualTo(formOr(() -> EventSignature.signedForm(raw)))
        .doesNotContain("\"signature\":\"x\"");
  }

  private static String formOr(Callable<byte[]> form) {
    try {
      return new String(form.call(), StandardCharsets.UTF_8);
    } catch (Exception e) {
      return e.toString();
    }
  }
}
