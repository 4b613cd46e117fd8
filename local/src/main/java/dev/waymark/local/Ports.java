package dev.waymark.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether ports are free before anything is started on them. */
final class Ports {
  private Ports() {}

  /** One line a port that someone else holds, naming the flag that moves ours. */
  static List<String> busy(Map<Setting, Integer> ports) throws IOException {
    List<String> busy = new ArrayList<>();
    for (Map.Entry<Setting, Integer> port : ports.entrySet()) {
      refusal(port.getValue())
          .ifPresent(
              reason ->
                  busy.add(
                      Text.of(
                          "port %d cannot be used (%s): free it or choose another with %s (%s)",
                          port.getValue(), reason, port.getKey().flag(), port.getKey().env())));
    }
    return busy;
  }

  private static Optional<String> refusal(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of an earlier run that linger do not count; listeners do.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Optional.empty();
    } catch (BindException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
