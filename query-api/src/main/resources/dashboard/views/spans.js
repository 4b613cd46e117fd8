/**
 * A line of the waterfall: a call from its request to its response, a model's answer, or an event that takes no time.
 * @typedef {{key: string, kind: "call" | "model" | "event", label: string, type: string, actor: string, start: number, end: number, lead: number,
 *   isOpen: boolean, hasFailed: boolean, events: object[], tokens: number, cost: number | null, violations: object[]}} Span
 *   start, end: ms since the epoch; lead: ms that a model took before a request; isOpen: nobody answered
 */

/**
 * Makes the lines of a run's events.
 * @param {object[]} events as the timeline has them, in order
 * @param {Map<string, object[]>} proofs violations by the identity of an event that proves them
 * @returns {Span[]}
 */
export function spansOf(events, proofs) {
  const spans = [];
  const waiting = new Map();
  for (const event of events) {
    const at = Date.parse(event.t);
    const answered = event.type === "action_response" ? take(waiting, event) : undefined;
    if (answered) {
      answered.end = Math.max(at, answered.start);
      answered.isOpen = false;
      answered.hasFailed = isFailure(event);
      add(answered, event, proofs);
      continue;
    }
    const span = newSpan(event, at);
    add(span, event, proofs);
    spans.push(span);
    if (event.type === "action_request") {
      wait(waiting, event, span);
    }
  }
  return spans;
}

/** Whether an event tells of something that went wrong. */
export const isFailure = (event) => event.type === "error" || ["error", "failure", "failed"].includes(event.status);

function newSpan(event, at) {
  const thoughtMs = event.gen_latency_ms ?? 0;
  const isRequest = event.type === "action_request";
  const isModel = !isRequest && thoughtMs > 0;
  return {
    key: event.identity,
    kind: isRequest ? "call" : isModel ? "model" : "event",
    label: event.action ?? (isModel && event.model ? event.model : event.type),
    type: event.type,
    actor: event.actor,
    start: isModel ? at - thoughtMs : at,
    end: at,
    lead: isRequest ? thoughtMs : 0,
    isOpen: isRequest,
    hasFailed: isFailure(event),
    events: [],
    tokens: 0,
    cost: null,
    violations: [],
  };
}

function add(span, event, proofs) {
  span.events.push(event);
  span.tokens += (event.input_tokens ?? 0) + (event.output_tokens ?? 0);
  if (event.cost_usd !== null) {
    span.cost = (span.cost ?? 0) + event.cost_usd;
  }
  for (const violation of proofs.get(event.identity) ?? []) {
    if (!span.violations.includes(violation)) {
      span.violations.push(violation);
    }
  }
}

/** A response is joined by its call id, else with the oldest request of its action. */
function wait(waiting, event, span) {
  const key = keyOf(event);
  waiting.set(key, [...(waiting.get(key) ?? []), span]);
}

function take(waiting, event) {
  const queue = waiting.get(keyOf(event)) ?? [];
  const span = queue.shift();
  if (queue.length === 0) {
    waiting.delete(keyOf(event));
  }
  return span;
}

const keyOf = (event) => (event.call_id ? `id:${event.call_id}` : `action:${event.action}`);

/** Violations by the identity of each event of that run that proves them. */
export function proofsOf(violations, runId) {
  const proofs = new Map();
  for (const violation of violations) {
    for (const { run_id: run, identity } of violation.evidence) {
      if (run === runId) {
        proofs.set(identity, [...(proofs.get(identity) ?? []), violation]);
      }
    }
  }
  return proofs;
}
