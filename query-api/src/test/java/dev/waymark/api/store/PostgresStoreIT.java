package dev.waymark.api.store;

import dev.waymark.testkit.EmbeddedDatabase;
import javax.sql.DataSource;

class PostgresStoreIT extends StoreContract {
  @Override
  Home open() {
    EmbeddedDatabase database = EmbeddedDatabase.migrated();
    return new Home() {
      @Override
      public String url() {
        return database.url();
      }

      @Override
      public String user() {
        return database.user();
      }

      @Override
      public String password() {
        return database.password();
      }

      @Override
      public DataSource dataSource() {
        return database.dataSource();
      }

      @Override
      public void close() {
        database.close();
      }
    };
  }
}
