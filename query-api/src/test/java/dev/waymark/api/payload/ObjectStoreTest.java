package dev.waymark.api.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waymark.api.config.ApiConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both homes of large payloads keep what they are given; the bucket by the protocol of S3. */
class ObjectStoreTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir private Path folder;

  private final Map<String, byte[]> bucket = new ConcurrentHashMap<>();
  private HttpServer s3;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "key");
    System.setProperty("aws.secretAccessKey", "secret");
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext("/", this::answer);
    s3.start();
  }

  @AfterEach
  void stop() {
    s3.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("PUT")) {
      bucket.put(name, body);
      exchange.sendResponseHeaders(200, -1);
    } else if (bucket.containsKey(name)) {
      exchange.sendResponseHeaders(200, bucket.get(name).length);
      exchange.getResponseBody().write(bucket.get(name));
    } else {
      byte[] error = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/xml");
      exchange.sendResponseHeaders(404, error.length);
      exchange.getResponseBody().write(error);
    }
    exchange.close();
  }

  @Test
  void keepsFiles() {
    try (ObjectStore store = new DirectoryObjects(folder.resolve("not/there/yet"))) {
      store.put("a/b", BYTES);
      store.put("a/b", BYTES);

      assertThat(store.get("a/b")).contains(BYTES);
      assertThat(store.get("a/c")).isEmpty();
    }
  }

  @Test
  void keepsObjectsOfABucket() {
    try (ObjectStore store =
        new S3Objects(config("http://127.0.0.1:" + s3.getAddress().getPort()))) {
      store.put("a/b", BYTES);

      assertThat(bucket).containsOnlyKeys("/payloads/waymark/a/b");
      assertThat(store.get("a/b")).contains(BYTES);
      assertThat(store.get("a/c")).isEmpty();
    }
  }

  @Test
  void saysWhenABucketIsAway() {
    try (ObjectStore store = new S3Objects(config("http://127.0.0.1:1"))) {
      assertThatExceptionOfType(ObjectsUnavailableException.class)
          .isThrownBy(() -> store.put("a/b", BYTES));
    }
  }

  private static ApiConfig.Objects config(String endpoint) {
    return ApiConfig.from(
            Map.of(
                "WAYMARK_OBJECTS_LOCATION",
                "s3://payloads/waymark",
                "WAYMARK_OBJECTS_S3_ENDPOINT",
                endpoint))
        .objects();
  }
}
