package dev.waymark.api.store;

import dev.waymark.api.security.Caller;
import dev.waymark.api.security.Role;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which credentials are good now: not ended, not revoked, of an account and a tenant in use. */
@Singleton
public final class CredentialStore {
  private static final String KEY =
      """
      SELECT k.key_id AS credential_id, k.role, k.agent_id, k.expires_at, k.last_used_at,
        a.account_id, a.tenant, a.name, a.agents
      FROM api_keys k JOIN accounts a USING (account_id) JOIN tenants t USING (tenant)
      WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
        AND a.disabled_at IS NULL AND t.disabled_at IS NULL
      """;

  private static final String SESSION =
      """
      SELECT s.session_id AS credential_id, a.role, NULL AS agent_id, s.expires_at, NULL::timestamptz AS last_used_at,
        a.account_id, a.tenant, a.name, a.agents
      FROM sessions s JOIN accounts a USING (account_id) JOIN tenants t USING (tenant)
      WHERE s.revoked_at IS NULL AND s.expires_at > now() AND a.disabled_at IS NULL AND t.disabled_at IS NULL
      """;

  private final Database database;

  CredentialStore(Database database) {
    this.database = database;
  }

  /** The API key of that hash. */
  public Optional<KnownCredential> byKey(byte[] keyHash) {
    return first(new Sql().add(KEY).add("AND k.key_hash = ?", keyHash));
  }

  public Optional<KnownCredential> bySession(String sessionId) {
    return first(new Sql().add(SESSION).add("AND s.session_id = ?", sessionId));
  }

  /** A key or a session. */
  public Optional<KnownCredential> byId(String credentialId) {
    return bySession(credentialId)
        .or(() -> first(new Sql().add(KEY).add("AND k.key_id = ?", credentialId)));
  }

  /** Notes that a key was used. */
  public void touch(String keyId) {
    database.write(
        session ->
            session.update(
                new Sql().add("UPDATE api_keys SET last_used_at = now() WHERE key_id = ?", keyId)));
  }

  /** Keeps a ticket for some seconds. */
  public void addTicket(byte[] ticketHash, String credentialId, int seconds) {
    database.write(
        session -> {
          session.update(new Sql().add("DELETE FROM tickets WHERE expires_at < now()"));
          return session.update(
              new Sql()
                  .add("INSERT INTO tickets (ticket_hash, credential_id, expires_at)")
                  .add(
                      "VALUES (?, ?, now() + make_interval(secs => ?))",
                      ticketHash,
                      credentialId,
                      seconds));
        });
  }

  /** Uses a ticket up; the credential it stands for. */
  public Optional<KnownCredential> takeTicket(byte[] ticketHash) {
    List<String> taken =
        database.write(
            session ->
                session.list(
                    new Sql()
                        .add(
                            "DELETE FROM tickets WHERE ticket_hash = ? AND expires_at > now()",
                            ticketHash)
                        .add("RETURNING credential_id"),
                    row -> row.text("credential_id")));
    return taken.stream().findFirst().flatMap(this::byId);
  }

  private Optional<KnownCredential> first(Sql sql) {
    return database.read(session -> session.list(sql, CredentialStore::credential)).stream()
        .findFirst();
  }

  private static KnownCredential credential(Row row) throws SQLException {
    Role role = Role.of(row.text("role")).orElseThrow();
    String agent = row.optionalText("agent_id");
    List<String> agents = agent == null ? row.texts("agents") : List.of(agent);
    boolean isConfined = role == Role.VIEWER || !agents.isEmpty();
    return new KnownCredential(
        new Caller(
            row.text("tenant"),
            role,
            row.text("account_id"),
            row.text("name"),
            row.text("credential_id"),
            isConfined ? agents : null),
        row.optionalInstant("expires_at"),
        row.optionalInstant("last_used_at"));
  }
}
