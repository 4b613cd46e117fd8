import { html, use } from "../core/html.js";
import { useAsk } from "../core/api.js";
import { count, duration, percent } from "../core/format.js";
import { asQuery, setRange, useRange } from "../core/range.js";
import { href } from "../core/router.js";
import { Page } from "../ui/page.js";
import { Count, Money, Tag, Time } from "../ui/parts.js";
import { Table } from "../ui/table.js";

const { div, span, a } = html;
const MOST = 1_000;

const to = (agent) => href(["runs"], { agent: agent.agent_id });

/** What a rate was before, where it is worth telling. */
function Baseline({ now, before, show }) {
  if (before === undefined || before === null || now === null) {
    return null;
  }
  const isWorse = now > before * 1.5 && now - before > 0.01;
  return span({ class: `quiet small ${isWorse ? "bad" : ""}`, title: "In the period before" }, `was ${show(before)}`);
}

const rate = (agent, of) => (agent && agent.events > 0 ? agent[of] / agent.events : null);

const columns = (before) => [
  {
    name: "Agent",
    cell: (agent) =>
      div({ class: "two-lines" }, a({ href: to(agent) }, agent.agent_id), span({ class: "quiet" }, agent.silent_since ? use(Tag, { kind: "warn" }, "silent") : agent.running_runs > 0 ? `${count(agent.running_runs)} running` : "idle", " ", agent.tenant !== "default" && agent.tenant)),
  },
  { name: "Last activity", cell: (agent) => use(Time, { at: agent.last_seen_at, relative: true }) },
  { name: "Runs", align: "right", rank: 2, cell: (agent) => use(Count, { of: agent.runs }) },
  { name: "Cost", align: "right", rank: 2, cell: (agent) => use(Money, { of: agent.cost_usd }) },
  { name: "Model p95", align: "right", rank: 3, cell: (agent) => two(duration(agent.model_latency_ms.p95), use(Baseline, { now: agent.model_latency_ms.p95, before: before(agent)?.model_latency_ms.p95, show: duration })) },
  { name: "Tool p95", align: "right", rank: 3, cell: (agent) => two(duration(agent.tool_latency_ms.p95), use(Baseline, { now: agent.tool_latency_ms.p95, before: before(agent)?.tool_latency_ms.p95, show: duration })) },
  { name: "Errors", align: "right", rank: 3, cell: (agent) => two(percent(rate(agent, "errors")), use(Baseline, { now: rate(agent, "errors"), before: rate(before(agent), "errors"), show: percent })) },
  { name: "Violation rate", align: "right", cell: (agent) => two(percent(agent.violation_rate), use(Baseline, { now: agent.violation_rate, before: before(agent)?.violation_rate, show: percent })) },
];

const two = (first, second) => div({ class: "two-lines num" }, span(first), second);

/** Every agent beside what it was like before. */
export function Agents() {
  const range = useRange();
  const list = useAsk("/api/v1/agents", { ...asQuery(range), limit: MOST });
  const past = useAsk(range.before ? "/api/v1/agents" : null, { ...range.before, limit: MOST });
  const byName = new Map((past.data?.items ?? []).map((agent) => [`${agent.tenant}/${agent.agent_id}`, agent]));
  const rows = list.data && [...list.data.items].sort((one, other) => Number(Boolean(other.silent_since)) - Number(Boolean(one.silent_since)) || other.runs - one.runs);
  return use(
    Page,
    { title: "Agents", hasRange: true },
    use(Table, {
      label: "Agents",
      columns: columns((agent) => byName.get(`${agent.tenant}/${agent.agent_id}`)),
      rows,
      keyOf: (agent) => `${agent.tenant}/${agent.agent_id}`,
      to,
      error: list.error,
      onRetry: list.refresh,
      empty: { title: "No agent was seen yet", words: "An agent shows up here with its first event.", action: range.name === "all" ? undefined : "Show all time", onAction: () => setRange("all") },
    }),
  );
}
