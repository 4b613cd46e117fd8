package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.Binary;
import dev.waymark.schemas.event.Event;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a response the action it answers: that of the latest earlier request of the run with the
 * same call id. Remembers the newest {@value #MAX_CALLS} calls of a run.
 */
public final class ActionJoin {
  /** Most calls remembered a run. */
  public static final int MAX_CALLS = 1_000;

  private static final String NO_ACTION = "";

  private final Map<String, String> actionByCall = new LinkedHashMap<>(4);

  /** The event with its action; requests are remembered. Events come in the order of the run. */
  public Event join(Event event) {
    String call = event.callId();
    if (call == null) {
      return event;
    }
    if (event.type().equals(Event.ACTION_REQUEST)) {
      remember(call, event.action() == null ? NO_ACTION : event.action());
    } else if (event.type().equals(Event.ACTION_RESPONSE) && event.action() == null) {
      String action = actionByCall.getOrDefault(call, NO_ACTION);
      return action.isEmpty() ? event : event.withAction(action);
    }
    return event;
  }

  private void remember(String call, String action) {
    actionByCall.remove(call);
    actionByCall.put(call, action);
    if (actionByCall.size() > MAX_CALLS) {
      actionByCall.remove(actionByCall.keySet().iterator().next());
    }
  }

  /** Estimated bytes on the heap. */
  public long sizeBytes() {
    return 64 + 160L * actionByCall.size();
  }

  public void write(DataOutput out) throws IOException {
    Binary.writeSize(out, actionByCall.size());
    for (Map.Entry<String, String> call : actionByCall.entrySet()) {
      Binary.writeText(out, call.getKey());
      Binary.writeText(out, call.getValue());
    }
  }

  public static ActionJoin read(DataInput in) throws IOException {
    ActionJoin join = new ActionJoin();
    for (int i = Binary.readSize(in); i > 0; i--) {
      join.actionByCall.put(Binary.readText(in), Binary.readText(in));
    }
    return join;
  }
}
