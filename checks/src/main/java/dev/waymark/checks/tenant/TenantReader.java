package dev.waymark.checks.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.waymark.checks.CheckName;
import dev.waymark.checks.pii.PiiKind;
import dev.waymark.schemas.rule.Condition;
import dev.waymark.schemas.rule.InvalidConditionException;
import dev.waymark.schemas.rule.NodeReader;
import dev.waymark.schemas.rule.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one tenant of the file. One instance a tenant. */
final class TenantReader {
  private static final int MAX_ID = 512;
  private static final int MAX_AGENTS = 10_000;
  private static final int MAX_TOOLS = 1_000;
  private static final int MAX_POLICIES = 1_000;
  private static final int MAX_REGIONS = 300;
  private static final Set<Severity> USUALLY_REFUSED =
      EnumSet.of(Severity.ERROR, Severity.CRITICAL);
  private static final Set<String> USUAL_REGIONS = Set.of("US", "GB");
  private static final Pattern POLICY_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final String OFF = "off";

  private final NodeReader tenant;
  private final KeySource keys;

  TenantReader(NodeReader tenant, KeySource keys) {
    this.tenant = tenant;
    this.keys = keys;
  }

  /** The tenant; where it has problems, which are then reported, it is good for nothing. */
  Tenant read() {
    requireObject(tenant);
    tenant.allow(
        "id",
        "shadow",
        "refuse",
        "redact",
        "signature",
        "checks",
        "pii",
        "phone_regions",
        "unknown_agents",
        "agents",
        "policies");
    return new Tenant(
        requiredText(tenant, "id", MAX_ID),
        tenant.bool("shadow", false),
        refused(),
        tenant.bool("redact", true),
        otherwise(signature(tenant), SignatureMode.OPTIONAL),
        checks(),
        oneOfMany("pii", PiiKind.values(), PiiKind::code, EnumSet.allOf(PiiKind.class)),
        phoneRegions(),
        refusesUnknownAgents(),
        agents(),
        policies());
  }

  private Set<Severity> refused() {
    return oneOfMany("refuse", Severity.values(), Severity::name, USUALLY_REFUSED);
  }

  private Map<CheckName, Severity> checks() {
    Map<CheckName, Severity> severities = new EnumMap<>(CheckName.class);
    Stream.of(CheckName.values()).forEach(check -> severities.put(check, check.usual()));
    NodeReader checks = tenant.optionalObject("checks");
    if (checks == null) {
      return severities;
    }
    checks.allow(Stream.of(CheckName.values()).map(CheckName::code).collect(Collectors.toSet()));
    for (CheckName check : CheckName.values()) {
      if (isOff(checks.get(check.code()))) {
        severities.remove(check);
      } else {
        Severity severity = checks.oneOf(check.code(), Severity.values(), Severity::name);
        severities.put(check, otherwise(severity, check.usual()));
      }
    }
    return severities;
  }

  /** Unquoted, YAML 1.1 reads {@code off} as false. */
  private static boolean isOff(JsonNode value) {
    return value.isBoolean() ? !value.booleanValue() : OFF.equals(value.asText());
  }

  private Set<String> phoneRegions() {
    if (!tenant.has("phone_regions")) {
      return USUAL_REGIONS;
    }
    Set<String> known = PhoneNumberUtil.getInstance().getSupportedRegions();
    Set<String> regions = new LinkedHashSet<>();
    for (String region : tenant.texts("phone_regions", MAX_REGIONS)) {
      regions.add(region);
      if (!known.contains(region)) {
        tenant.problem("phone_regions", "must be ISO 3166 codes such as US, was " + region);
      }
    }
    return regions;
  }

  private boolean refusesUnknownAgents() {
    UnknownAgents unknown =
        tenant.oneOf("unknown_agents", UnknownAgents.values(), UnknownAgents::code);
    return unknown == UnknownAgents.DENY;
  }

  private enum UnknownAgents {
    ALLOW,
    DENY;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private List<Agent> agents() {
    List<Agent> agents = new ArrayList<>();
    Map<String, String> firstUse = new HashMap<>();
    for (NodeReader item : tenant.list("agents", MAX_AGENTS)) {
      requireObject(item);
      item.allow("id", "signature", "keys", "tools");
      agents.add(
          new Agent(
              requiredText(item, "id", MAX_ID),
              signature(item),
              new KeysReader(item, keys).read(),
              item.has("tools") ? tools(item) : null));
      TenantsParser.requireUnique(item, firstUse);
    }
    return agents;
  }

  private static @Nullable SignatureMode signature(NodeReader reader) {
    return reader.oneOf("signature", SignatureMode.values(), SignatureMode::code);
  }

  private static List<Tool> tools(NodeReader agent) {
    List<Tool> tools = new ArrayList<>();
    for (NodeReader item : agent.list("tools", MAX_TOOLS)) {
      if (item.node().isTextual()) {
        tools.add(new Tool(item.node().asText(), null));
      } else {
        requireObject(item);
        item.allow("action", "where");
        tools.add(new Tool(requiredText(item, "action", MAX_ID), condition(item, "where")));
      }
    }
    return tools;
  }

  private List<Policy> policies() {
    List<Policy> policies = new ArrayList<>();
    Map<String, String> firstUse = new HashMap<>();
    for (NodeReader item : tenant.list("policies", MAX_POLICIES)) {
      requireObject(item);
      item.allow("id", "deny", "severity", "message");
      String id = requiredText(item, "id", MAX_ID);
      if (!id.isEmpty() && !POLICY_ID.matcher(id).matches()) {
        item.problem("id", "must be 1 to 64 of a-z, 0-9 and -, was " + id);
      }
      if (!item.has("deny")) {
        item.problem("deny", "required");
      }
      Condition deny = condition(item, "deny");
      Severity severity = item.oneOf("severity", Severity.values(), Severity::name);
      String message = item.text("message", "denied by policy " + id);
      if (deny != null) {
        policies.add(new Policy(id, deny, otherwise(severity, Severity.ERROR), message));
      }
      TenantsParser.requireUnique(item, firstUse);
    }
    return policies;
  }

  private static @Nullable Condition condition(NodeReader reader, String name) {
    String expression = reader.text(name);
    if (expression == null) {
      return null;
    }
    try {
      return Condition.compile(expression, false);
    } catch (InvalidConditionException e) {
      reader.problem(name, e.reason());
      return null;
    }
  }

  private <E extends Enum<E>> Set<E> oneOfMany(
      String name, E[] values, Function<E, String> code, Set<E> usual) {
    if (!tenant.has(name)) {
      return usual;
    }
    Map<String, E> known = Stream.of(values).collect(Collectors.toMap(code, value -> value));
    Set<E> chosen = new LinkedHashSet<>();
    List<String> texts = tenant.texts(name, values.length);
    for (int i = 0; i < texts.size(); i++) {
      E value = known.get(texts.get(i));
      if (value == null) {
        tenant.problem(
            name + "[" + i + "]",
            "must be one of "
                + Stream.of(values).map(code).collect(Collectors.joining(", "))
                + ", was "
                + texts.get(i));
      } else {
        chosen.add(value);
      }
    }
    return chosen;
  }

  static void requireObject(NodeReader reader) {
    JsonNode node = reader.node();
    if (!node.isObject()) {
      reader.problem("", "must be an object, was " + NodeReader.show(node));
    }
  }

  static String requiredText(NodeReader reader, String name, int maxLength) {
    if (!reader.isObject()) {
      return "";
    }
    if (!reader.has(name)) {
      reader.problem(name, "required");
      return "";
    }
    String text = reader.text(name, "");
    if (reader.get(name).isTextual() && (text.isEmpty() || text.length() > maxLength)) {
      reader.problem(name, "must be 1 to " + maxLength + " characters, was " + text.length());
    }
    return text;
  }

  private static <T> T otherwise(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
