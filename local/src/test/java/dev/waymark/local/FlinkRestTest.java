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
          and more of it
        \tat a.b.C.f(C.java:3)
        \t... 3 more
        """;

    assertThat(FlinkRest.rootCause(trace))
        .isEqualTo("java.io.IOException: inner\n  and more of it");
    assertThat(FlinkRest.rootCause("only a message")).isEqualTo("only a message");
    assertThat(FlinkRest.rootCause("")).isEmpty();
  }
}
