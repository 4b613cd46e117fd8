package dev.waymark.jobs.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.TestEvents;
import dev.waymark.schemas.Topics;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class RecordDecoderProperties {
  private static final byte[] WHOLE =
      TestEvents.json(
              "run",
              12,
              3.5,
              "action_response",
              "\"status\":\"ok\",\"latency_ms\":12.5,\"x\":[1,{\"y\":null}]",
              "\"call_id\":\"c\",\"usage\":{\"input_tokens\":3},\"cost_usd\":0.25")
          .getBytes(StandardCharsets.UTF_8);

  private final RecordDecoder decoder = new RecordDecoder("test", TestEvents.DECODE, 300_000);

  @Property(tries = 5_000)
  void neverThrowsOnDamagedBytes(
      @ForAll @Size(min = 1, max = 4) int[] places, @ForAll @Size(min = 4, max = 4) byte[] values) {
    byte[] damaged = WHOLE.clone();
    for (int i = 0; i < places.length; i++) {
      damaged[Math.floorMod(places[i], damaged.length)] = values[i];
    }

    assertIsEventOrDeadLetter(damaged);
  }

  @Property(tries = 2_000)
  void neverThrowsOnAnyBytes(@ForAll byte[] bytes) {
    assertIsEventOrDeadLetter(bytes);
  }

  @Property(tries = 2_000)
  void neverThrowsOnAnyTime(@ForAll String time) {
    String json =
        new String(WHOLE, StandardCharsets.UTF_8)
            .replaceFirst("\"t\":\"[^\"]*\"", "\"t\":\"T\"")
            .replace("\"T\"", '"' + time.replace("\\", "").replace("\"", "") + '"');

    assertIsEventOrDeadLetter(json.getBytes(StandardCharsets.UTF_8));
  }

  private void assertIsEventOrDeadLetter(byte[] bytes) {
    Incoming incoming =
        decoder.decode(new RawRecord(bytes, Topics.EVENTS, 0, 1, TestEvents.millis(0)));

    assertThat(incoming.decoded() == null).isNotEqualTo(incoming.deadLetter() == null);
  }
}
