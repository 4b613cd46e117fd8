package dev.waymark.schemas.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The canonical JSON of a rule (RFC 8785): defaults spelt out, fields the template does not take
 * left out, so that two spellings of one rule are one version. {@link RuleParser} reads it back.
 */
public final class RuleJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RuleJson() {}

  /** The canonical JSON of a rule. */
  public static String canonical(Rule rule) {
    return canonical(toNode(rule));
  }

  /** Any JSON in its canonical form. */
  static String canonical(JsonNode node) {
    try {
      return new JsonCanonicalizer(JSON.writeValueAsBytes(node)).getEncodedString();
    } catch (IOException e) {
      throw new UncheckedIOException("canonical JSON", e);
    }
  }

  static String version(Rule rule) {
    return sha256(canonical(rule));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static ObjectNode toNode(Rule rule) {
    Template template = rule.template();
    ObjectNode node = JSON.createObjectNode();
    node.put("id", rule.id());
    node.put("kind", rule.kind().code());
    node.put("template", template.code());
    if (rule.activation() != null) {
      node.set("activation", toNode(rule.activation()));
    }
    if (rule.target() != null) {
      node.set("target", toNode(rule.target()));
    }
    if (!rule.correlate().isEmpty()) {
      ArrayNode correlate = node.putArray("correlate");
      rule.correlate().forEach(c -> correlate.add(toNode(c)));
    }
    if (rule.within() != null) {
      node.set("within", toNode(template, rule.within()));
    }
    if (template.takes(RuleField.N)) {
      node.put("n", rule.n());
    }
    if (rule.windowMicros() != null) {
      node.put("window", duration(rule.windowMicros()));
    }
    if (rule.when() != null) {
      node.set("when", toNode(rule.when()));
    }
    if (!rule.steps().isEmpty()) {
      ArrayNode steps = node.putArray("steps");
      rule.steps()
          .forEach(
              s -> steps.add(template == Template.PATTERN ? patternStep(s) : toNode(s.match())));
    }
    if (template.takes(RuleField.ORDERED)) {
      node.put("ordered", rule.ordered());
    }
    if (template.takes(RuleField.EXPECT)) {
      node.put("expect", rule.expect());
    }
    if (template.takes(RuleField.ZETA)) {
      node.put("zeta", rule.zeta());
    }
    rule.key().forEach(node.withArray("key")::add);
    node.set("case", toNode(rule.caseConfig()));
    node.putObject("scope").put("tenant", rule.scope().tenant()).put("agent", rule.scope().agent());
    node.put("severity", rule.severity().name());
    node.put("mode", rule.mode().code());
    node.put("on_change", rule.onChange().code());
    ArrayNode tags = node.putArray("tags");
    rule.tags().forEach(tags::add);
    node.put("description", rule.description());
    node.put("remedy", rule.remedy());
    return node;
  }

  private static ObjectNode toNode(Matcher matcher) {
    ObjectNode node = JSON.createObjectNode();
    for (FieldTest test : matcher.tests()) {
      addValues(node, test.field().code(), test.globs());
    }
    if (matcher.not() != null) {
      node.set("not", toNode(matcher.not()));
    }
    if (matcher.where() != null) {
      node.put("where", matcher.where());
    }
    return node;
  }

  private static void addValues(ObjectNode node, String name, List<String> values) {
    if (values.size() == 1) {
      node.put(name, values.get(0));
    } else {
      values.forEach(node.putArray(name)::add);
    }
  }

  private static ObjectNode toNode(Correlation correlation) {
    return JSON.createObjectNode()
        .put("activation", correlation.activationPath())
        .put("target", correlation.targetPath());
  }

  private static ObjectNode toNode(Template template, Within within) {
    ObjectNode node = JSON.createObjectNode();
    if (template.takesWithinMin()) {
      node.put("min", duration(within.minMicros()));
    }
    return node.put("max", duration(within.maxMicros()));
  }

  private static ObjectNode toNode(CaseConfig config) {
    return JSON.createObjectNode()
        .put("timeout", config.timesOut() ? duration(config.timeoutMicros()) : "none")
        .put("grace", duration(config.graceMicros()))
        .put("settle", duration(config.settleMicros()));
  }

  private static ObjectNode patternStep(Step step) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", step.name());
    node.set("match", toNode(step.match()));
    node.put("absent", step.absent());
    node.put("follows", step.follows().code());
    node.putObject("times").put("min", step.minTimes()).put("max", step.maxTimes());
    node.put("optional", step.optional());
    if (step.where() != null) {
      node.put("where", step.where());
    }
    return node;
  }

  private static String duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS).toString();
  }
}
