package dev.waymark.client.demo;

import java.util.List;

/** The three trades of the demo. Their models are ones that the price table knows. */
enum AgentKind {
  CODING_AGENT(
      "coding-agent",
      List.of("claude-opus-4-1-20250805", "gpt-5-codex", "gemini-2.5-pro"),
      new CodingAgent()),
  AIRLINE_DESK(
      "airline-desk",
      List.of("claude-sonnet-4-5-20250929", "gpt-4.1-2025-04-14", "gpt-4o-mini-2024-07-18"),
      new AirlineDesk()),
  DATA_ANALYST(
      "data-analyst",
      List.of("gpt-5-mini-2025-08-07", "claude-haiku-4-5-20251001", "deepseek-chat"),
      new DataAnalyst());

  private final String idPrefix;
  private final List<String> models;
  private final Scenario scenario;

  AgentKind(String idPrefix, List<String> models, Scenario scenario) {
    this.idPrefix = idPrefix;
    this.models = models;
    this.scenario = scenario;
  }

  /** The id of one of several agents of this trade, counted from 0. */
  String agentId(int instance) {
    return idPrefix + "-" + (instance + 1);
  }

  /** An agent keeps its model. */
  String model(int instance) {
    return models.get(instance % models.size());
  }

  List<String> models() {
    return models;
  }

  String idPrefix() {
    return idPrefix;
  }

  Scenario scenario() {
    return scenario;
  }
}
