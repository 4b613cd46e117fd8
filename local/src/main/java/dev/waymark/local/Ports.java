package dev.waymark.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks whether ports are free before anything is started on them. */
final class Ports {
  private Ports() {}

  /** One line a port that someone else holds, naming the flag that moves ours. */
  static List<String> busy(Map<Setting, Integer> ports) throws IOException {
    List<String> busy = new ArrayList<>();
    for (Map.Entry<Setting, Integer> port : ports.entrySet()) {
      if (!isFree(port.getValue())) {
        busy.add(
            "port %d is in use by another program: free it or choose another with %s (%s)"
                .formatted(port.getValue(), port.getKey().flag(), port.getKey().env()));
      }
    }
    return busy;
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of an earlier run that linger do not count; listeners do.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }
}
