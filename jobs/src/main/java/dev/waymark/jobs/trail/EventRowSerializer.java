package dev.waymark.jobs.trail;

import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.IncomingSerializer;
import dev.waymark.jobs.types.Binary;
import dev.waymark.jobs.types.ImmutableSerializer;
import dev.waymark.schemas.metric.EventCost;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Binary form of an {@link EventRow}. */
public final class EventRowSerializer extends ImmutableSerializer<EventRow> {
  private static final int VERSION = 1;
  private static final int NO_COST = 0;

  /** In this order they are written, from 1 on: only ever add at the end. */
  private static final List<EventCost.Source> SOURCES =
      List.of(EventCost.Source.RECORDED, EventCost.Source.PRICED, EventCost.Source.UNPRICED);

  private final IncomingSerializer events = new IncomingSerializer();

  public EventRowSerializer() {
    this(VERSION);
  }

  private EventRowSerializer(int version) {
    super(version);
  }

  @Override
  protected ImmutableSerializer<EventRow> atVersion(int formVersion) {
    return new EventRowSerializer(formVersion);
  }

  @Override
  protected void write(EventRow row, DataOutputView out) throws IOException {
    events.serialize(row.incoming(), out);
    EventCost cost = row.cost();
    out.writeByte(cost == null ? NO_COST : SOURCES.indexOf(cost.source()) + 1);
    if (cost != null) {
      out.writeDouble(cost.usd());
    }
    Binary.writeBytes(out, row.sha256());
  }

  @Override
  protected EventRow read(DataInputView in, int formVersion) throws IOException {
    Incoming incoming = events.deserialize(in);
    return new EventRow(incoming, readCost(in), Binary.readBytes(in));
  }

  private static @Nullable EventCost readCost(DataInputView in) throws IOException {
    int source = in.readByte();
    return source == NO_COST ? null : new EventCost(SOURCES.get(source - 1), in.readDouble());
  }
}
