package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

  @Test
  void keyThatSpellsASequenceNumberIsThatIdentity() {
    assertThat(Fingerprint.ofIdentity("seq:12", 99)).isEqualTo(Fingerprint.ofIdentity(null, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seq:",
        "seq:012",
        "seq:0",
        "seq:1x",
        "seq:-1",
        "SEQ:1",
        "seq:1234567890123456789"
      })
  void otherKeysAreNot(String key) {
    assertThat(Fingerprint.ofIdentity(key, 1).high()).isNotZero();
  }

  @Test
  void lengthIsPartOfTheContent() {
    assertThat(Fingerprint.ofContent(new byte[3]))
        .isEqualTo(Fingerprint.ofContent(new byte[3]))
        .isNotEqualTo(Fingerprint.ofContent(new byte[4]));
  }
}
