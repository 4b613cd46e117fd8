package dev.waymark.jobs.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.TestEvents;
import dev.waymark.schemas.event.Event;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IncomingSerializerTest {
  private final IncomingSerializer serializer = new IncomingSerializer();

  static Stream<String> records() {
    return Stream.of(
        TestEvents.json("r1", 1, 0, "reasoning", "\"goal\":\"g\"", ""),
        TestEvents.json("r1", 2, 0.000001, "action_request", "\"action\":\"look_up\"", full()),
        TestEvents.json(
            "r ünï \uD83D\uDE00",
            3,
            -1e9,
            "action_response",
            "\"status\":\"ok\"",
            "\"tenant\":\"t\""),
        TestEvents.json("r1", 4, 1e6, "error", "\"latency_ms\":12.5", ""),
        TestEvents.finalizeJson("r1", 5),
        TestEvents.heartbeatJson(6),
        "{not json");
  }

  private static String full() {
    return """
        "tenant":"acme","idempotency_key":"k","call_id":"c","resource":"r","model":"m","provider":"p",\
        "user_id":"u","session_id":"s","trace_id":"t","cost_usd":0.5,"gen_latency_ms":3,\
        "usage":{"input_tokens":10,"output_tokens":20,"cached_input_tokens":3,"cache_write_input_tokens":4}""";
  }

  @ParameterizedTest
  @MethodSource("records")
  void readsWhatItWrote(String json) throws IOException {
    // Given
    Incoming incoming = TestEvents.incoming(json, 1L << 40, 2).withLogTime(-5);

    // When
    Incoming read = roundTrip(incoming);

    // Then
    assertThat(read).usingRecursiveComparison().isEqualTo(incoming);
  }

  @Test
  void keepsTheBytesOfAnEvent() throws IOException {
    Incoming incoming = TestEvents.incoming(TestEvents.json("r", 1, 0, "error", "", ""), 1, 0);

    assertThat(roundTrip(incoming).event().raw()).isEqualTo(incoming.event().raw());
  }

  @Test
  void isWhatFlinkUsesForTheType() {
    assertThat(TypeInformation.of(Incoming.class)).isEqualTo(IncomingTypeInfoFactory.TYPE);
  }

  @Test
  void snapshotRestoresTheSerializer() throws IOException {
    // Given
    TypeSerializerSnapshot<Incoming> written = serializer.snapshotConfiguration();
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, written);

    // When
    TypeSerializerSnapshot<Incoming> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    // Then
    TypeSerializer<Incoming> restored = read.restoreSerializer();
    assertThat(restored).isEqualTo(serializer);
    assertThat(written.resolveSchemaCompatibility(read).isCompatibleAsIs()).isTrue();
  }

  @Test
  void skewedEventStandsForTheBrokersTime() {
    // Given an event six minutes ahead of the broker
    Incoming skewed = TestEvents.incoming(TestEvents.json("r", 1, 360, "error", "", ""), 1, 0);

    assertThat(skewed.clockSkew()).isTrue();
    assertThat(skewed.movesTime()).isFalse();
    assertThat(skewed.timeMs()).isEqualTo(TestEvents.millis(0));
    assertThat(skewed.decoded()).isInstanceOf(Event.class);
  }

  private Incoming roundTrip(Incoming incoming) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(incoming, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    Incoming read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }
}
