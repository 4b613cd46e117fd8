package dev.waymark.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.schemas.rule.RuleJson;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.violation.Evidence;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JSON Schemas say what the codecs say. */
class JsonSchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Path DEFAULT_RULES = Path.of("../flink-conf/rules.yaml");

  private final EventCodec codec = new EventCodec(EventLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'seq':1,'t':'2026-01-01T00:00:00Z','actor':'agent','type':'error','payload':{},'meta':{'run_id':'r','agent_id':7}}",
        "{'seq':1,'t':'2026-01-01T00:00:00.000001+02:00','actor':'tool','type':'action_response','payload':{'status':200,"
            + "'latency_ms':1.5},'meta':{'run_id':'r','agent_id':'a','usage':{'input_tokens':1},'cost_usd':0}}",
        "{'type':'finalize','t':'2026-01-01T00:00:00Z','meta':{'run_id':'r'}}",
        "{'type':'heartbeat','t':'2026-01-01T00:00:00Z'}",
        "{'seq':0,'t':'2026-01-01T00:00:00Z','actor':'agent','type':'error','payload':{},'meta':{'run_id':'r','agent_id':'a'}}",
        "{'seq':1,'t':'2026-01-01T00:00:00Z','actor':'robot','type':'error','payload':{},'meta':{'run_id':'r','agent_id':'a'}}",
        "{'seq':1,'t':'2026-01-01T00:00:00Z','actor':'agent','type':'error','payload':[],'meta':{'run_id':'r','agent_id':'a'}}",
        "{'seq':1,'t':'2026-01-01T00:00:00Z','actor':'agent','type':'error','payload':{},'meta':{'agent_id':'a'}}",
        "{'seq':1,'t':'2026-01-01T00:00:00Z','actor':'agent','type':'error','payload':{},'meta':{'run_id':'r','agent_id':'a','cost_usd':-1}}",
        "{'seq':1,'actor':'agent','type':'error','payload':{},'meta':{'run_id':'r','agent_id':'a'}}",
        "{'type':'finalize','t':'2026-01-01T00:00:00Z'}"
      })
  void eventSchemaTakesWhatTheCodecTakes(String quoted) throws IOException {
    String event = quoted.replace('\'', '"');

    boolean valid = schema("event.v1").validate(JSON.readTree(event)).isEmpty();

    assertThat(valid).isEqualTo(decodes(event));
  }

  private boolean decodes(String event) {
    try {
      codec.decode(event.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (UndecodableException e) {
      return false;
    }
  }

  @Test
  void ruleSchemaTakesTheDefaultRulesAndTheirCanonicalForm() throws Exception {
    String text = Files.readString(DEFAULT_RULES);

    assertThat(schema("rules.v1").validate(YAML.readTree(text))).isEmpty();

    var set = JSON.createObjectNode().put("version", 1);
    var rules = set.putArray("rules");
    for (var rule : RuleParser.parse(text)) {
      rules.add(JSON.readTree(RuleJson.canonical(rule)));
    }
    assertThat(schema("rules.v1").validate(set)).isEmpty();
  }

  @Test
  void violationSchemaTakesWhatTheCodecWrites() throws IOException {
    Violation violation =
        new Violation(
            "0".repeat(32),
            "default",
            "rule",
            "a".repeat(64),
            "sequence",
            "response",
            "ERROR",
            "r1",
            "r1@t/r1/1",
            null,
            "agent",
            1,
            "message",
            List.of(new Evidence("r1", 1, 1, "seq:1", "activation")),
            Map.of("n", "1"),
            List.of("tag"),
            "",
            "",
            false,
            0);

    JsonNode written = JSON.readTree(ViolationCodec.encode(violation));

    assertThat(schema("violation.v1").validate(written)).isEmpty();
    assertThat(ViolationCodec.decode(written.toString())).isEqualTo(violation);
  }

  private static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JsonSchemasTest.class.getResourceAsStream("/schema/" + name + ".schema.json"));
  }
}
