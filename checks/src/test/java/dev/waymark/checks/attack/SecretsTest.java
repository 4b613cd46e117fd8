package dev.waymark.checks.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys are made up; they are put together so that no scanner of repositories takes them. */
class SecretsTest {
  private static final String RANDOM = "q7Zr2Kp9Lx4Vn8Wb3Tm6Yc1Hd5Jf0GsQ";

  @ParameterizedTest
  @CsvSource({
    "key AK+IAQ3EGRIBBR2XV7NWP., api_key",
    "gh+p_R4nd0m, api_key",
    "sk-+ant-R4nd0m, api_key",
    "xo+xb-R4nd0m, api_key",
    "e+yJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w, token",
    "Authorization: Bearer R4nd0m, secret",
    "password = Tr0ub4dor&3, secret",
    "postgres://app:s3cr3tPw@db/x, password",
    "client_secret: R4nd0m, secret",
    "-----BEGIN RSA PRIVATE+ KEY-----MIIE-----END RSA PRIVATE KEY-----, private_key"
  })
  void findsCredentials(String text, String kind) {
    assertThat(kinds(Passage.of(text.replace("+", "").replace("R4nd0m", RANDOM))))
        .containsExactly(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "the password is required",
    "password: ${DB_PASSWORD}",
    "token=<your token here>",
    "commit 3f786850e387550fdab836ed7e6dc881de23001b",
    "id 123e4567-e89b-12d3-a456-426614174000",
    "https://example.com/a:b@c",
    "sk-learn-is-a-python-library-for-machine-learning",
    "-----BEGIN CERTIFICATE-----"
  })
  void leavesTheRestAlone(String text) {
    assertThat(kinds(Passage.of(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"password, hunter2!", "api_key, q7Zr2Kp9Lx4Vn8Wb", "dbPassword, abc123xyz"})
  void readsTheMembersName(String field, String value) {
    assertThat(kinds(Passage.of(field, value))).containsExactly("secret");
  }

  private static List<String> kinds(Passage passage) {
    List<String> kinds = new ArrayList<>();
    new Secrets().find(passage, (Span span) -> kinds.add(span.kind()));
    return kinds;
  }
}
