package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FlinkRestTest {
  @Test
  void findsTheInnermostCause() {
    String trace =
        """
        java.util.concurrent.CompletionException: outer
        \tat a.b.C.d(C.java:1)
        Caused by: java.lang.RuntimeException: middle
        \tat a.b.C.e(C.java:2)
        Caused by: java.io.IOException: inner
        \t... 3 more
        """;

    assertThat(FlinkRest.rootCause(trace)).isEqualTo("java.io.IOException: inner");
    assertThat(FlinkRest.rootCause("only a message")).isEqualTo("only a message");
    assertThat(FlinkRest.rootCause("")).isEmpty();
  }
}
