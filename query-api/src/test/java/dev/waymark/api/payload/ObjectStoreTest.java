package dev.waymark.api.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.testkit.Await;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.filesystem.FilesystemApiMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both homes of large payloads keep what they are given; the bucket over S3's own protocol. */
class ObjectStoreTest {
  private static final byte[] BYTES = {1, 2, 3};
  private static final String KEY = "key";
  private static final String SECRET = "secret";

  @TempDir private Path folder;

  @AfterEach
  void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
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
  void keepsObjectsOfABucket() throws Exception {
    S3Proxy s3 = s3();
    try (ObjectStore store = bucket(s3.getPort(), SECRET)) {
      store.put("a/b", BYTES);
      store.put("a/b", BYTES);

      assertThat(folder.resolve("payloads/waymark/a/b")).hasBinaryContent(BYTES);
      assertThat(store.get("a/b")).contains(BYTES);
      assertThat(store.get("a/c")).isEmpty();
    } finally {
      s3.stop();
    }
  }

  @Test
  void saysWhenABucketRefusesItsCredentials() throws Exception {
    S3Proxy s3 = s3();
    try (ObjectStore store = bucket(s3.getPort(), "another secret")) {
      assertThatExceptionOfType(ObjectsUnavailableException.class)
          .isThrownBy(() -> store.put("a/b", BYTES));
    } finally {
      s3.stop();
    }
  }

  @Test
  void saysWhenABucketIsAway() {
    try (ObjectStore store = bucket(1, SECRET)) {
      assertThatExceptionOfType(ObjectsUnavailableException.class)
          .isThrownBy(() -> store.put("a/b", BYTES));
    }
  }

  private S3Proxy s3() throws Exception {
    Properties settings = new Properties();
    settings.setProperty("jclouds.filesystem.basedir", folder.toString());
    BlobStore blobs =
        ContextBuilder.newBuilder(new FilesystemApiMetadata())
            .credentials(KEY, SECRET)
            .overrides(settings)
            .build(BlobStoreContext.class)
            .getBlobStore();
    blobs.createContainerInLocation(null, "payloads");
    S3Proxy s3 =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
            .build();
    s3.start();
    Await.until("S3", () -> s3.getState().equals("STARTED"));
    return s3;
  }

  private static ObjectStore bucket(int port, String secret) {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", secret);
    return new S3Objects(
        ApiConfig.from(
                Map.of(
                    "WAYMARK_OBJECTS_LOCATION",
                    "s3://payloads/waymark",
                    "WAYMARK_OBJECTS_S3_ENDPOINT",
                    "http://127.0.0.1:" + port))
            .objects());
  }
}
