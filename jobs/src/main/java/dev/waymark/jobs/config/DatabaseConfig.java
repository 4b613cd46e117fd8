package dev.waymark.jobs.config;

import java.io.Serializable;

/**
 * The database that the jobs write to.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/name}
 * @param user whose rights suffice to insert and update
 * @param password empty where the server asks for none
 */
public record DatabaseConfig(String url, String user, String password) implements Serializable {
  static final Setting<String> URL =
      new Setting<>(
          "db.url",
          "jdbc:postgresql://127.0.0.1:5432/waymark",
          "JDBC URL of PostgreSQL or TimescaleDB.",
          DatabaseConfig::parseUrl);
  static final Setting<String> USER = Setting.text("db.user", "waymark", "Database user.");
  static final Setting<String> PASSWORD =
      Setting.text("db.password", "", "Database password; empty: none.");

  public static DatabaseConfig from(Settings settings) {
    return new DatabaseConfig(settings.get(URL), settings.get(USER), settings.get(PASSWORD));
  }

  private static String parseUrl(String text) {
    if (!text.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("must start with jdbc:postgresql:");
    }
    return text;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseConfig[url=" + url + ", user=" + user + "]";
  }
}
