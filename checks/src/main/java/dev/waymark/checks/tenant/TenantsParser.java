package dev.waymark.checks.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.schemas.rule.NodeReader;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.StrictYaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code tenants.yaml}. Every problem is reported at once, each with its path; a file with
 * any problem yields no tenants at all. Stateless, safe for concurrent use.
 */
public final class TenantsParser {
  private static final int MAX_TENANTS = 10_000;

  private TenantsParser() {}

  /** The tenants of {@code {version: 1, tenants: […]}}; throws with every problem found. */
  public static Tenants parse(String text, KeySource keys) throws InvalidTenantsException {
    List<Problem> problems = new ArrayList<>();
    List<Tenant> tenants = new ArrayList<>();
    StrictYaml.read(text, "file of tenants", problems)
        .ifPresent(root -> readAll(root, keys, tenants, problems));
    if (!problems.isEmpty()) {
      throw new InvalidTenantsException(problems);
    }
    return new Tenants(tenants);
  }

  private static void readAll(
      JsonNode root, KeySource keys, List<Tenant> tenants, List<Problem> problems) {
    NodeReader file = new NodeReader(root, "", problems);
    if (!file.isObject()) {
      file.problem("", "a file of tenants is an object with version and tenants");
      return;
    }
    file.allow("version", "tenants");
    StrictYaml.requireVersion1(file);
    List<NodeReader> items = file.requiredList("tenants", MAX_TENANTS);
    Map<String, String> firstUse = new HashMap<>();
    for (NodeReader item : items) {
      tenants.add(new TenantReader(item, keys).read());
      requireUnique(item, firstUse);
    }
  }

  /** Reports a second use of an id, with the path of the first. */
  static void requireUnique(NodeReader item, Map<String, String> firstUse) {
    JsonNode id = item.get("id");
    if (id.isTextual()) {
      String first = firstUse.putIfAbsent(id.asText(), item.pathOf(""));
      if (first != null) {
        item.problem("id", "must be unique, " + first + " has " + NodeReader.show(id) + " too");
      }
    }
  }
}
