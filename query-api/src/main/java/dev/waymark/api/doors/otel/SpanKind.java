package dev.waymark.api.doors.otel;

import java.util.Locale;
import java.util.Set;

/** What a span stands for, by whichever generation of attributes says so. */
enum SpanKind {
  /** An agent at work: {@code invoke_agent}, OpenInference AGENT. */
  AGENT,
  /**
   * What holds agents and calls together: a workflow, a chain. Counts where no agent is around it.
   */
  CHAIN,
  /** One call of a model: {@code chat}, {@code embeddings}, OpenInference LLM. */
  MODEL,
  /** One call of a tool: {@code execute_tool}, OpenInference TOOL, RETRIEVER and so on. */
  TOOL,
  /** Nothing of an agent's. */
  OTHER;

  private static final Set<String> MODEL_WORDS =
      Set.of(
          "chat",
          "text_completion",
          "completion",
          "generate_content",
          "embeddings",
          "embedding",
          "llm");
  private static final Set<String> TOOL_WORDS =
      Set.of(
          "execute_tool", "tool", "retriever", "retrieval", "reranker", "guardrail", "evaluator");
  private static final Set<String> AGENT_WORDS = Set.of("invoke_agent", "create_agent", "agent");
  private static final Set<String> CHAIN_WORDS =
      Set.of("invoke_workflow", "workflow", "chain", "task");

  /** Vercel's AI SDK: {@code ai.generateText} holds {@code ai.generateText.doGenerate}. */
  private static final String AI_SDK_TOOL = "ai.toolCall";

  /** What says it, the clearest first. */
  private static final String[] WORDS = {
    "gen_ai.operation.name",
    "openinference.span.kind",
    "traceloop.span.kind",
    "langsmith.span.kind",
    "llm.request.type"
  };

  static SpanKind of(Span span) {
    Attributes attributes = new Attributes(span.attributes());
    for (String name : WORDS) {
      SpanKind kind = ofWord(attributes.peek(name));
      if (kind != OTHER) {
        return kind;
      }
    }
    SpanKind kind = ofAiSdk(attributes.peek("ai.operationId"));
    return kind == OTHER ? ofTraces(span, attributes) : kind;
  }

  private static SpanKind ofWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (MODEL_WORDS.contains(lower)) {
      return MODEL;
    }
    if (TOOL_WORDS.contains(lower)) {
      return TOOL;
    }
    if (AGENT_WORDS.contains(lower)) {
      return AGENT;
    }
    return CHAIN_WORDS.contains(lower) ? CHAIN : OTHER;
  }

  private static SpanKind ofAiSdk(String operation) {
    if (operation.equals(AI_SDK_TOOL)) {
      return TOOL;
    }
    if (operation.contains(".do")) {
      return MODEL;
    }
    return operation.startsWith("ai.") ? AGENT : OTHER;
  }

  /** Where no attribute names the kind: by what only that kind has, then by the span's name. */
  private static SpanKind ofTraces(Span span, Attributes attributes) {
    if (attributes.has("gen_ai.tool.name") || attributes.has("tool.name")) {
      return TOOL;
    }
    if (attributes.has("gen_ai.agent.name")
        || attributes.has("gen_ai.agent.id")
        || attributes.has("agent_name")) {
      return AGENT;
    }
    boolean namesModel =
        attributes.has("gen_ai.request.model")
            || attributes.has("gen_ai.response.model")
            || attributes.has("llm.model_name");
    if (namesModel) {
      return MODEL;
    }
    int space = span.name().indexOf(' ');
    return space < 0 ? OTHER : ofName(span.name().substring(0, space));
  }

  /** {@code chat gpt-4o}, {@code execute_tool search}, {@code invoke_agent helper}. */
  private static SpanKind ofName(String operation) {
    return switch (operation) {
      case "chat", "text_completion", "generate_content", "embeddings" -> MODEL;
      case "execute_tool" -> TOOL;
      case "invoke_agent" -> AGENT;
      case "invoke_workflow" -> CHAIN;
      default -> OTHER;
    };
  }
}
