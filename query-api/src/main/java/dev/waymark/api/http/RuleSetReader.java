package dev.waymark.api.http;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the rule set in a request's body, YAML or JSON. */
@Singleton
final class RuleSetReader {
  private final int maxBytes;

  RuleSetReader(ApiConfig config) {
    this.maxBytes = config.http().maxRulesBytes();
  }

  /** Throws every problem of the set; {@link ProblemException} (413) where it is too large. */
  List<Rule> read(byte[] body) throws InvalidRulesException {
    if (body.length > maxBytes) {
      throw ProblemException.tooLarge("a rule set", maxBytes, body.length);
    }
    return RuleParser.parse(text(body));
  }

  private static String text(byte[] body) throws InvalidRulesException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidRulesException(List.of(new Problem("", "must be UTF-8")));
    }
  }
}
