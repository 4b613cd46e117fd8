package dev.waymark.api.config;

import dev.waymark.checks.tenant.InvalidTenantsException;
import dev.waymark.checks.tenant.KeySource;
import dev.waymark.checks.tenant.Tenants;
import dev.waymark.checks.tenant.TenantsParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * Where it stands who may send events.
 *
 * @param path of {@code tenants.yaml}; empty: everybody may, with the default checks
 * @param keys where the secrets lie that the file names
 */
public record TenantsFile(String path, KeySource keys) {
  private static final String EVERYBODY = "version: 1\ntenants: [{id: \"*\"}]\n";

  /** What the file says now. */
  public Tenants read() throws IOException, InvalidTenantsException {
    return TenantsParser.parse(path.isEmpty() ? EVERYBODY : Files.readString(Path.of(path)), keys);
  }

  /** When it was last written; of no file the epoch. */
  public FileTime modifiedAt() throws IOException {
    return path.isEmpty() ? FileTime.fromMillis(0) : Files.getLastModifiedTime(Path.of(path));
  }
}
