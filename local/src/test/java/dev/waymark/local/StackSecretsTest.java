package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSecretsTest {
  @TempDir private Path folder;

  @Test
  void makesSecretsOnceAndKeepsThemToTheirOwner() throws Exception {
    // Given
    DataDir data = new DataDir(folder);
    StackSecrets secrets = new StackSecrets(data, Map.of());

    // When
    String key = secrets.make().orElseThrow();

    // Then
    assertThat(key).startsWith("wmk_").hasSizeGreaterThan(40);
    assertThat(secrets.make()).isEmpty();
    assertThat(StackSecrets.apiKey(data, Map.of())).contains(key);
    for (Path file :
        new Path[] {data.adminKey(), data.tokenKey(), data.masterKey(), data.checkedSecret()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(Base64.getDecoder().decode(Files.readString(data.masterKey()).strip())).hasSize(32);
    assertThat(secrets.forDoorsAndJobs().get("WAYMARK_CHECKED_SECRET"))
        .isEqualTo(Files.readString(data.checkedSecret()).strip())
        .hasSizeGreaterThan(32);
    assertThat(secrets.forApi())
        .containsEntry("WAYMARK_ADMIN_KEY_FILE", data.adminKey().toString())
        .hasSize(3);
  }

  @Test
  void leavesAloneWhatTheEnvironmentNames() throws Exception {
    // Given
    DataDir data = new DataDir(folder);
    Map<String, String> environment =
        Map.of("WAYMARK_ADMIN_KEY", "a key of the user's own choice", "WAYMARK_JWT_KEY_FILE", "/x");
    StackSecrets secrets = new StackSecrets(data, environment);

    // Then
    assertThat(secrets.make()).isEmpty();
    assertThat(data.adminKey()).doesNotExist();
    assertThat(secrets.forApi()).containsOnlyKeys("WAYMARK_MASTER_KEY_FILE");
    assertThat(StackSecrets.apiKey(data, environment)).contains("a key of the user's own choice");
    assertThat(StackSecrets.apiKey(data, Map.of("WAYMARK_API_KEY", "mine"))).contains("mine");
  }

  @Test
  void makesNothingInProduction() throws Exception {
    // Given
    DataDir data = new DataDir(folder);
    StackSecrets secrets = new StackSecrets(data, Map.of("WAYMARK_MODE", "production"));

    // Then
    assertThat(secrets.make()).isEmpty();
    assertThat(secrets.forApi()).isEmpty();
    assertThat(secrets.forDoorsAndJobs()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
