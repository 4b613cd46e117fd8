package dev.waymark.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.nio.charset.StandardCharsets;

/** The two records that travel on the events topic and are no events: heartbeat and finalize. */
public final class ControlRecords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ControlRecords() {}

  /** Time has come to {@code micros} since the epoch. */
  public static byte[] heartbeat(long micros) {
    return bytes(record("heartbeat", micros));
  }

  /** The run is over at {@code micros} since the epoch, inclusive. */
  public static byte[] finalizeRun(String tenant, String runId, long micros) {
    ObjectNode record = record("finalize", micros);
    ObjectNode meta = record.putObject("meta").put("run_id", runId);
    if (!tenant.equals(Event.DEFAULT_TENANT)) {
      meta.put("tenant", tenant);
    }
    return bytes(record);
  }

  private static ObjectNode record(String type, long micros) {
    return JSON.createObjectNode().put("type", type).put("t", Times.format(micros));
  }

  private static byte[] bytes(ObjectNode record) {
    return record.toString().getBytes(StandardCharsets.UTF_8);
  }
}
