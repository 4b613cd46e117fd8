package dev.waymark.api.store;

import dev.waymark.api.security.Caller;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Who looked at trails and who changed what. */
@Singleton
public final class AccessLogStore {
  private final Database database;

  AccessLogStore(Database database) {
    this.database = database;
  }

  /** What somebody asks for. */
  public record Asked(
      Caller caller, String address, String kind, String method, String route, String target) {}

  /** What entries are to be like; null does not restrict. */
  public record Filter(
      @Nullable String account, @Nullable String kind, @Nullable String route, TimeRange range) {}

  /** Notes it and returns the entry's id. */
  public long add(Asked asked, String tenant, @Nullable Integer status, @Nullable Long rows) {
    Caller caller = asked.caller();
    Sql sql =
        new Sql()
            .add("INSERT INTO access_log (tenant, caller_tenant, account_id, name, role,")
            .add("credential_id, address, kind, method, route, target, status, rows)")
            .add(
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING entry_id",
                tenant,
                caller.tenant(),
                caller.accountId(),
                caller.name(),
                caller.role().code(),
                caller.credentialId(),
                asked.address(),
                asked.kind(),
                asked.method(),
                asked.route(),
                asked.target(),
                status,
                rows);
    return database.write(session -> session.single(sql, row -> row.number("entry_id")));
  }

  /** How a change ended, and whose data it was. */
  public void end(long entryId, String tenant, int status) {
    database.write(
        session ->
            session.update(
                new Sql()
                    .add("UPDATE access_log SET status = ?, tenant = ?", status, tenant)
                    .add("WHERE entry_id = ?", entryId)));
  }

  /** The latest first. */
  public PageView<AccessEntryView> list(TenantScope scope, Filter filter, PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT * FROM access_log WHERE true")
            .addIf(scope.tenant().orElse(null), "AND tenant = ?")
            .addIf(filter.account(), "AND account_id = ?")
            .addIf(filter.kind(), "AND kind = ?")
            .addIf(filter.route(), "AND route = ?")
            .addIf(filter.range().from(), "AND at >= ?")
            .addIf(filter.range().to(), "AND at < ?");
    page.after()
        .ifPresent(after -> sql.add("AND (at, entry_id) < (?, ?)", after.key(0), after.key(1)));
    sql.add("ORDER BY at DESC, entry_id DESC LIMIT ?", page.fetch());
    return database.read(
        session ->
            session.page(
                sql,
                page,
                AccessLogStore::entry,
                one -> Cursor.of(Cursor.Kind.ACCESS_LOG, one.at(), one.entryId())));
  }

  private static AccessEntryView entry(Row row) throws SQLException {
    Long status = row.optionalNumber("status");
    return new AccessEntryView(
        row.number("entry_id"),
        row.instant("at"),
        row.text("tenant"),
        row.text("caller_tenant"),
        row.text("account_id"),
        row.text("name"),
        row.text("role"),
        row.text("credential_id"),
        row.text("address"),
        row.text("kind"),
        row.text("method"),
        row.text("route"),
        row.text("target"),
        status == null ? null : (Integer) status.intValue(),
        row.optionalNumber("rows"));
  }
}
