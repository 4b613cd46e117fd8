package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void namesThePortAndTheFlagThatMovesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThat(Ports.busy(Map.of(Setting.KAFKA_PORT, port)))
          .containsExactly(
              "port "
                  + port
                  + " cannot be used (Address already in use): free it or choose another with"
                  + " --kafka-port (WAYMARK_KAFKA_PORT)");
    }
  }

  @Test
  void seesListenersOnAllInterfacesToo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThat(Ports.busy(Map.of(Setting.DB_PORT, taken.getLocalPort()))).hasSize(1);
    }
  }

  @Test
  void isContentWithFreePorts() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(Ports.busy(Map.of(Setting.API_PORT, port))).isEmpty();
  }
}
