package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CaseValueCodecTest {
  /** Version, first and last event, no open cases, no windows, the timer. */
  private static final int BYTES_BEFORE_WAITING = 1 + 8 + 8 + 1 + 1 + 8;

  private static final int BYTES_OF_WAITING = 2;

  private final CaseValueCodec codec =
      new CaseValueCodec(
          aCase -> {
            throw new IllegalStateException("no case is open");
          });

  @Test
  void keepsWhatWaitsAndWhatIsKnownOfTheRun() throws IOException {
    CaseValue read = codec.decode(codec.encode(value()));

    assertThat(read.waiting).isEqualTo(3);
    assertThat(read.isBursting).isTrue();
    assertThat(read.timerMs).isEqualTo(17);
    assertThat(read.run).isNotNull();
    assertThat(read.run.forgetAtMicros).isEqualTo(99);
  }

  @Test
  void readsTheFormThatDidNotCountWhatWaits() throws IOException {
    byte[] now = codec.encode(value());
    ByteArrayOutputStream before = new ByteArrayOutputStream();
    before.write(StateCodec.WITHOUT_WAITING);
    before.write(now, 1, BYTES_BEFORE_WAITING - 1);
    int rest = BYTES_BEFORE_WAITING + BYTES_OF_WAITING;
    before.write(now, rest, now.length - rest);

    CaseValue read = codec.decode(before.toByteArray());

    assertThat(read.waiting).isZero();
    assertThat(read.isBursting).isFalse();
    assertThat(read.timerMs).isEqualTo(17);
    assertThat(read.run).isNotNull();
    assertThat(read.run.forgetAtMicros).isEqualTo(99);
  }

  @Test
  void refusesAFormThatItDoesNotKnow() throws IOException {
    byte[] later = codec.encode(value());
    later[0]++;

    assertThatThrownBy(() -> codec.decode(later)).hasMessageContaining("version 5");
  }

  private static CaseValue value() {
    CaseValue value = new CaseValue(new KeyCases(), new RunMemory(new RunIdentities()));
    value.waiting = 3;
    value.isBursting = true;
    value.timerMs = 17;
    if (value.run != null) {
      value.run.forgetAtMicros = 99;
    }
    return value;
  }
}
