package dev.waymark.schemas.rule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the one document of a YAML or JSON file that people write; a name that occurs twice is an
 * error. Stateless, safe for concurrent use.
 */
public final class StrictYaml {
  private static final ObjectMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private StrictYaml() {}

  /**
   * The document; empty where it cannot be read, which is then a problem.
   *
   * @param noun what the file is, for the problem: {@code rule set}
   */
  public static Optional<JsonNode> read(String text, String noun, List<Problem> problems) {
    try (JsonParser parser = YAML.createParser(text)) {
      JsonNode root = YAML.readTree(parser);
      if (root == null || root.isMissingNode() || root.isNull()) {
        problems.add(new Problem("", "the " + noun + " is empty"));
        return Optional.empty();
      }
      if (parser.nextToken() != null) {
        problems.add(new Problem("", "must be one document, and not several"));
        return Optional.empty();
      }
      return Optional.of(root);
    } catch (JsonProcessingException e) {
      problems.add(new Problem("", "not YAML: " + firstLine(e)));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Demands of a file that its {@code version} is 1, the only one there is. */
  public static void requireVersion1(NodeReader file) {
    JsonNode version = file.get("version");
    if (version.isMissingNode()) {
      file.problem("version", "required: the only version is 1");
    } else if (!version.isInt() || version.asInt() != 1) {
      file.problem("version", "must be 1, was " + NodeReader.show(version));
    }
  }

  private static String firstLine(JsonProcessingException e) {
    String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
    return where + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("unreadable");
  }
}
