package dev.waymark.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Has the rules and the prices looked at before anything is started. The client's {@code rules
 * check} knows what is right; what it has found right once is not looked at again.
 */
final class Preflight {
  private static final String CLIENT = "dev.waymark.client.Main";
  private static final int BAD_INPUT = 2;

  private final StackConfig config;

  Preflight(StackConfig config) {
    this.config = config;
  }

  /** Throws with every problem in the files. */
  void check() throws InvalidConfigException, IOException, InterruptedException {
    Path seen = config.data().root().resolve("checked-files");
    String fingerprint = fingerprint();
    if (Files.exists(seen) && Files.readString(seen).equals(fingerprint)) {
      return;
    }
    ask();
    Files.writeString(seen, fingerprint);
  }

  private void ask() throws InvalidConfigException, IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Command.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                new Programs(config.home()).clientClassPath(),
                CLIENT,
                "rules",
                "check",
                "-f",
                config.rulesFile().toString(),
                "--prices",
                config.pricesFile().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode == BAD_INPUT) {
      throw new InvalidConfigException(
          List.of(Text.of("%s, %s:%n%s", config.rulesFile(), config.pricesFile(), output.strip())));
    }
    if (exitCode != 0) {
      throw new IOException(Text.of("rules check failed (exit code %d)%n%s", exitCode, output));
    }
  }

  /** Changes with the files and with the program that looks at them. */
  private String fingerprint() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    digest.update(Files.readAllBytes(config.rulesFile()));
    digest.update(Files.readAllBytes(config.pricesFile()));
    for (Path jar : new Programs(config.home()).clientJars()) {
      digest.update(jar.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.getLastModifiedTime(jar).toString().getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
