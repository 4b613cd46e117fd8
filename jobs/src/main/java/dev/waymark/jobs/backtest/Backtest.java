package dev.waymark.jobs.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.jobs.config.DatabaseConfig;
import dev.waymark.jobs.engine.RuleBook;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.store.Connections;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Mode;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest is to do, as its row says, with what is in force now.
 *
 * @param draft the rules to try
 * @param live those in force under the same ids
 * @param events what they are judged by
 */
record Backtest(String id, Rules draft, Rules live, StoredEvents events) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Rules of one side. They are judged as active ones whatever their mode, and from the beginning.
   *
   * @param versions by rule id, as they were given
   */
  record Rules(List<RuleRecord> records, Map<String, String> versions) implements Serializable {
    boolean isEmpty() {
      return records.isEmpty();
    }
  }

  /** Reads the row, and notes how many events there are. */
  static Backtest load(DatabaseConfig database, String id)
      throws SQLException, IOException, InvalidRulesException {
    try (Connection connection = Connections.open(database)) {
      return load(connection, id);
    }
  }

  private static Backtest load(Connection connection, String id)
      throws SQLException, IOException, InvalidRulesException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT rules, tenant, agent, from_t, to_t FROM trail_jobs WHERE job_id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IOException("there is no backtest " + id);
        }
        Rules draft = rules(definitions(row.getString("rules")));
        Rules live = rules(liveDefinitions(connection, draft));
        StoredEvents events =
            StoredEvents.count(
                connection,
                new StoredEvents.Filter(
                    row.getString("tenant"),
                    row.getString("agent"),
                    micros(row, "from_t"),
                    micros(row, "to_t")));
        return new Backtest(id, draft, live, events);
      }
    }
  }

  private static List<String> definitions(String array) throws IOException {
    List<String> definitions = new ArrayList<>();
    JSON.readTree(array).forEach(rule -> definitions.add(rule.toString()));
    return definitions;
  }

  private static List<String> liveDefinitions(Connection connection, Rules draft)
      throws SQLException {
    List<String> definitions = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT definition FROM rules WHERE state IN ('active', 'shadow') AND rule_id = ANY (?)"
                + " ORDER BY rule_id")) {
      select.setArray(1, connection.createArrayOf("text", draft.versions().keySet().toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          definitions.add(rows.getString(1));
        }
      }
    }
    return definitions;
  }

  /** Throws where the engine cannot judge one of them. */
  private static Rules rules(List<String> definitions) throws IOException, InvalidRulesException {
    RuleBook book = new RuleBook(failures -> {});
    List<RuleRecord> records = new ArrayList<>();
    Map<String, String> versions = new TreeMap<>();
    for (String definition : definitions) {
      Rule given = RuleParser.parseRule(definition);
      RuleChange change = RuleChange.of(active(definition), 1, RuleChange.BEGINNING);
      book.add(change, records.size());
      records.add(new RuleRecord(records.size(), change.encode()));
      versions.put(given.id(), given.version());
    }
    return new Rules(records, versions);
  }

  private static Rule active(String definition) throws IOException, InvalidRulesException {
    JsonNode rule = JSON.readTree(definition);
    ((ObjectNode) rule).put("mode", Mode.ACTIVE.code());
    return RuleParser.parseRule(rule.toString());
  }

  private static @Nullable Long micros(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : (Long) Times.micros(time.toInstant());
  }
}
