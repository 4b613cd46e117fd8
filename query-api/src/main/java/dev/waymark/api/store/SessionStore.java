package dev.waymark.api.store;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What refresh tokens stand for. */
@Singleton
public final class SessionStore {
  private final Database database;

  SessionStore(Database database) {
    this.database = database;
  }

  /** A session and whose it is. */
  public record Known(String sessionId, String accountId) {}

  /** Begins one, and forgets those that ended. */
  public void begin(String sessionId, String accountId, byte[] refreshHash, Instant expiresAt) {
    database.write(
        session -> {
          session.update(
              new Sql().add("DELETE FROM sessions WHERE expires_at < now() - interval '1 day'"));
          return session.update(
              new Sql()
                  .add("INSERT INTO sessions (session_id, account_id, refresh_hash, expires_at)")
                  .add("VALUES (?, ?, ?, ?)", sessionId, accountId, refreshHash, expiresAt));
        });
  }

  /**
   * Changes a refresh token for the next; empty where it is not good. One that was used before was
   * stolen, from one side or the other: its session is revoked.
   */
  public Optional<Known> refresh(byte[] refreshHash, byte[] nextHash) {
    return database.write(
        session -> {
          Sql change =
              new Sql()
                  .add("UPDATE sessions SET refresh_hash = ?, used_hash = refresh_hash", nextHash)
                  .add("WHERE refresh_hash = ?", refreshHash)
                  .add("AND revoked_at IS NULL AND expires_at > now()")
                  .add("RETURNING session_id, account_id");
          List<Known> refreshed =
              session.list(
                  change, row -> new Known(row.text("session_id"), row.text("account_id")));
          if (refreshed.isEmpty()) {
            session.update(
                new Sql()
                    .add("UPDATE sessions SET revoked_at = coalesce(revoked_at, now())")
                    .add("WHERE used_hash = ?", refreshHash));
          }
          return refreshed.stream().findFirst();
        });
  }

  /** By its refresh token; returns its id where there is one. */
  public Optional<String> revoke(byte[] refreshHash) {
    return database
        .write(
            session ->
                session.list(
                    new Sql()
                        .add("UPDATE sessions SET revoked_at = coalesce(revoked_at, now())")
                        .add("WHERE refresh_hash = ? OR used_hash = ?", refreshHash, refreshHash)
                        .add("RETURNING session_id"),
                    row -> row.text("session_id")))
        .stream()
        .findFirst();
  }

  public void revoke(String sessionId) {
    database.write(
        session ->
            session.update(
                new Sql()
                    .add("UPDATE sessions SET revoked_at = coalesce(revoked_at, now())")
                    .add("WHERE session_id = ?", sessionId)));
  }
}
