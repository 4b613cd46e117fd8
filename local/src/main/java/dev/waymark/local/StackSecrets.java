package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of a stack of one machine: made at the first start, kept in files that only their
 * owner reads, handed to the API by name of file. What the environment names is left alone, and in
 * production mode nothing is made.
 */
final class StackSecrets {
  static final String ADMIN_KEY = "WAYMARK_ADMIN_KEY";
  static final String API_KEY = "WAYMARK_API_KEY";

  private static final String CHECKED = "WAYMARK_CHECKED_SECRET";
  private static final String MODE = "WAYMARK_MODE";
  private static final String PRODUCTION = "production";
  private static final String FILE_SUFFIX = "_FILE";
  private static final String ADMIN_PREFIX = "wmk_";
  private static final int KEY_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final DataDir data;
  private final Map<String, String> environment;

  StackSecrets(DataDir data, Map<String, String> environment) {
    this.data = data;
    this.environment = environment;
  }

  /** Makes what is missing; returns the admin's key where that was made just now. */
  Optional<String> make() throws IOException {
    if (PRODUCTION.equals(environment.get(MODE))) {
      return Optional.empty();
    }
    makeOne("WAYMARK_JWT_KEY", data.tokenKey(), Base64.getEncoder().encodeToString(random()));
    makeOne(CHECKED, data.checkedSecret(), Base64.getEncoder().encodeToString(random()));
    makeOne("WAYMARK_MASTER_KEY", data.masterKey(), Base64.getEncoder().encodeToString(random()));
    return makeOne(
        ADMIN_KEY,
        data.adminKey(),
        ADMIN_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random()));
  }

  /** What the API is told: the files, for what its environment does not have already. */
  Map<String, String> forApi() {
    Map<String, String> variables = new LinkedHashMap<>();
    if (!PRODUCTION.equals(environment.get(MODE))) {
      put(variables, "WAYMARK_JWT_KEY", data.tokenKey());
      put(variables, "WAYMARK_MASTER_KEY", data.masterKey());
      put(variables, ADMIN_KEY, data.adminKey());
    }
    return variables;
  }

  /**
   * What API and jobs share, so that the jobs leave alone what a door has checked; empty where the
   * environment, which both have, says it, and in production mode.
   */
  Map<String, String> forDoorsAndJobs() throws IOException {
    boolean isOurs = !PRODUCTION.equals(environment.get(MODE)) && !isGiven(CHECKED);
    if (!isOurs || !Files.exists(data.checkedSecret())) {
      return Map.of();
    }
    return Map.of(CHECKED, Files.readString(data.checkedSecret()).strip());
  }

  /** What our own commands show to the API; empty where there is none. */
  static Optional<String> apiKey(DataDir data, Map<String, String> environment) throws IOException {
    for (String name : List.of(API_KEY, ADMIN_KEY)) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Files.isReadable(data.adminKey())
        ? Optional.of(Files.readString(data.adminKey()).strip())
        : Optional.empty();
  }

  private void put(Map<String, String> variables, String name, Path file) {
    if (!isGiven(name)) {
      variables.put(name + FILE_SUFFIX, file.toString());
    }
  }

  private Optional<String> makeOne(String name, Path file, String secret) throws IOException {
    if (isGiven(name) || Files.exists(file)) {
      return Optional.empty();
    }
    Files.createDirectories(file.getParent(), OWNERS_FOLDER);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(draft, secret + "\n");
    Files.move(draft, file);
    return Optional.of(secret);
  }

  private boolean isGiven(String name) {
    return !environment.getOrDefault(name, "").isEmpty()
        || !environment.getOrDefault(name + FILE_SUFFIX, "").isEmpty();
  }

  private static byte[] random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
