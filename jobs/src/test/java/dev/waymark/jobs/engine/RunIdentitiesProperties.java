package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.engine.RunIdentities.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RunIdentitiesProperties {
  private final MemoryMapState<Fingerprint, Fingerprint> overflow = new MemoryMapState<>();

  @Property(tries = 200)
  void judgesAsAMapDoes(
      @ForAll @Size(max = 300) List<@IntRange(max = 120) Integer> identities,
      @ForAll @Size(min = 300, max = 300) List<@IntRange(max = 2) Integer> contents)
      throws Exception {
    // Given
    RunIdentities known = new RunIdentities();
    Map<Integer, Integer> model = new HashMap<>();

    for (int i = 0; i < identities.size(); i++) {
      // When
      Verdict verdict = offer(known, identities.get(i), contents.get(i));

      // Then
      Integer before = model.putIfAbsent(identities.get(i), contents.get(i));
      assertThat(verdict)
          .isEqualTo(
              before == null
                  ? Verdict.NEW
                  : before.equals(contents.get(i)) ? Verdict.DUPLICATE : Verdict.CONFLICT);
    }
    assertThat(known.count()).isEqualTo(model.size());
  }

  @Example
  void remembersLongRunsThroughOverflowAndState() throws Exception {
    // Given
    int events = 3 * RunIdentities.MAX_IN_VALUE + 7;
    RunIdentities known = new RunIdentities();
    for (int i = 0; i < events; i++) {
      assertThat(offer(known, i, 0)).isEqualTo(Verdict.NEW);
    }

    // When
    RunIdentities restored = roundTrip(known);

    // Then
    assertThat(restored.hasOverflow()).isTrue();
    assertThat(restored.count()).isEqualTo(events);
    for (int i = 0; i < events; i++) {
      assertThat(offer(restored, i, 0)).isEqualTo(Verdict.DUPLICATE);
      assertThat(offer(restored, i, 1)).isEqualTo(Verdict.CONFLICT);
    }
  }

  @Example
  void takesTheIdentityThatMarksFreeSlots() throws Exception {
    RunIdentities known = new RunIdentities();
    Fingerprint zero = new Fingerprint(0, 0);

    assertThat(known.offer(zero, zero, overflow)).isEqualTo(Verdict.NEW);
    assertThat(known.offer(zero, zero, overflow)).isEqualTo(Verdict.DUPLICATE);
    assertThat(roundTrip(known).offer(zero, zero, overflow)).isEqualTo(Verdict.DUPLICATE);
  }

  private Verdict offer(RunIdentities known, int identity, int content) throws Exception {
    return known.offer(
        Fingerprint.ofIdentity("key " + identity, 1),
        Fingerprint.ofContent(new byte[] {(byte) content}),
        overflow);
  }

  private static RunIdentities roundTrip(RunIdentities known) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    known.write(new DataOutputStream(bytes));
    return RunIdentities.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
