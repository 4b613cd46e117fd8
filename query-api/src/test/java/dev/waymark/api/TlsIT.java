package dev.waymark.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener under TLS: who has no certificate that is trusted gets no word in. */
class TlsIT {
  private static final String PASSWORD = "change-it-please";

  @TempDir private Path folder;

  @Test
  void shakesHandsWithTrustedClientsAlone() throws Exception {
    // Given
    Path server = store("server");
    Path client = store("client");
    Path stranger = store("stranger");
    Path trusted = trust("client");
    Path servers = trust("server");

    // When
    try (ApiServer api =
        ApiServer.start(
            Map.of(
                "WAYMARK_DB_URL",
                "jdbc:postgresql://127.0.0.1:1/none",
                "WAYMARK_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:1",
                "WAYMARK_TIME",
                "log",
                "WAYMARK_TLS_KEYSTORE",
                server.toString(),
                "WAYMARK_TLS_KEYSTORE_PASSWORD",
                PASSWORD,
                "WAYMARK_TLS_TRUSTSTORE",
                trusted.toString(),
                "WAYMARK_TLS_TRUSTSTORE_PASSWORD",
                PASSWORD))) {
      // Then
      assertThat(api.url().getScheme()).isEqualTo("https");
      assertThat(alive(api, client, servers).statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> alive(api, stranger, servers)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> alive(api, null, servers)).isInstanceOf(IOException.class);
    }
  }

  private static HttpResponse<String> alive(ApiServer api, Path own, Path trusted)
      throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own == null ? null : load(own), PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(trusted));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpClient http = HttpClient.newBuilder().sslContext(context).build();
    return http.send(
        HttpRequest.newBuilder(api.url().resolve("/health/liveness")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** A key with a certificate of its own. */
  private Path store(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-ext",
        "SAN=ip:127.0.0.1,dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD);
    return file;
  }

  /** Who trusts that certificate. */
  private Path trust(String name) throws Exception {
    Path certificate = folder.resolve(name + ".crt");
    Path file = folder.resolve(name + "-trust.p12");
    keytool(
        "-exportcert",
        "-alias",
        name,
        "-keystore",
        folder.resolve(name + ".p12").toString(),
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD);
    return file;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
