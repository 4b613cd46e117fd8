import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { count, money, preciseTime, shortId, words } from "../core/format.js";
import { openFeed } from "../core/feed.js";
import { href, setQuery } from "../core/router.js";
import { Choice, TextFilter } from "../ui/fields.js";
import { Page } from "../ui/page.js";
import { Button, Severity, Tag, Time } from "../ui/parts.js";
import { Empty } from "../ui/states.js";
import { createSampler } from "./sampler.js";

const { div, span, a, ol, li, p } = html;

const TYPES = [["", "Any type"], ...["action_request", "action_response", "reasoning", "final_output", "error", "environment"].map((type) => [type, words(type)])];
const SEVERITIES = [["", "Any severity"], ["CRITICAL", "Critical"], ["ERROR", "Error"], ["WARNING", "Warning"], ["INFO", "Info"]];
const KINDS = [["", "Events and violations"], ["events", "Events"], ["violations", "Violations"]];

/** Everything as it comes. */
export function Live({ query }) {
  const [isPaused, setIsPaused] = useState(false);
  const { rows, rate, shownShare, waiting, state } = useLiveRows(query, isPaused);
  return use(
    Page,
    { title: "Live feed", kind: "fill", actions: use(Button, { icon: isPaused ? "play" : "pause", onClick: () => setIsPaused(!isPaused), "aria-pressed": String(isPaused) }, isPaused ? `Go on${waiting ? `, ${count(waiting)} new` : ""}` : "Pause") },
    div(
      { class: "filters" },
      use(TextFilter, { name: "Agent", value: query.agent, placeholder: "Agent, exactly", onChange: (agent) => setQuery({ agent }) }),
      use(Choice, { name: "What", value: query.kind, options: KINDS, onChange: (kind) => setQuery({ kind }) }),
      use(Choice, { name: "Type", value: query.type, options: TYPES, onChange: (type) => setQuery({ type }) }),
      use(Choice, { name: "Severity", value: query.severity, options: SEVERITIES, onChange: (severity) => setQuery({ severity }) }),
      span({ class: `feed-rate ${state}`, role: "status" }, span({ class: "dot", "aria-hidden": "true" }), STATE_WORDS[state], state === "live" && span({ class: "num quiet" }, `${count(rate)}/s`), shownShare < 1 && use(Tag, { kind: "warn" }, `a sample: 1 of ${Math.max(2, Math.round(1 / shownShare))} is shown`)),
    ),
    state === "off"
      ? use(Empty, { title: "The live feed is not available here", icon: "unplugged" }, "This version of the API has none. ", a({ href: href(["runs"]) }, "Look at the runs"), " instead.")
      : rows.length === 0
        ? use(Empty, { title: state === "live" ? "Nothing yet" : "Connecting…", icon: "live" }, "Events and violations show up here the moment they are accepted.")
        : ol({ class: "feed", "data-rows": "" }, rows.map((row) => use(row.kind === "violation" ? ViolationRow : EventRow, { key: row.key, row }))),
    query.kind === "violations" && rows.length === 0 && state === "live" && p({ class: "quiet pad" }, "Quiet is good here."),
  );
}

const STATE_WORDS = { live: "Live", connecting: "Connecting…", lost: "Lost, trying again", off: "No feed" };

const fieldsOf = (data) => {
  const event = data.event ?? data;
  const meta = event.meta ?? {};
  return {
    runId: data.run_id ?? meta.run_id,
    agent: data.agent_id ?? meta.agent_id,
    type: data.type ?? event.type,
    action: data.action ?? event.payload?.action ?? meta.action,
    status: data.status ?? event.payload?.status,
    t: data.t ?? event.t,
    seq: data.seq ?? event.seq,
    cost: data.cost_usd ?? meta.cost_usd,
  };
};

const FAILED = ["error", "failure", "failed"];

function EventRow({ row }) {
  const event = useMemo(() => fieldsOf(row.data), [row]);
  const isBad = event.type === "error" || FAILED.includes(event.status);
  return li(
    { class: `feed-row ${isBad ? "failed" : ""}` },
    span({ class: `type-dot t-${event.type}`, "aria-hidden": "true" }),
    span({ class: "feed-time mono quiet" }, use(Time, { at: event.t, format: preciseTime })),
    span({ class: "feed-type" }, words(event.type)),
    a({ class: "feed-what", href: href(["runs", String(event.runId)], { tenant: row.tenant, seq: event.seq }), "data-row": "" }, event.action ?? words(event.type)),
    span({ class: "feed-status" }, event.status && use(Tag, { kind: isBad ? "bad" : "good" }, event.status)),
    span({ class: "feed-agent quiet" }, event.agent),
    span({ class: "feed-run mono quiet", title: event.runId }, shortId(String(event.runId ?? ""), 10)),
    span({ class: "feed-cost num quiet" }, event.cost ? money(event.cost) : ""),
  );
}

const ViolationRow = ({ row: { data, tenant } }) =>
  li(
    { class: `feed-row violation sev-${String(data.severity).toLowerCase()}` },
    span({ class: "type-dot t-violation", "aria-hidden": "true" }),
    span({ class: "feed-time mono quiet" }, use(Time, { at: data.t, format: preciseTime })),
    span({ class: "feed-type" }, use(Severity, { of: data.severity })),
    a({ class: "feed-what", href: href(["violations", data.violation_id], { tenant }), "data-row": "" }, data.rule_id, span({ class: "quiet" }, ` ${data.message ?? ""}`)),
    span({ class: "feed-status" }),
    span({ class: "feed-agent quiet" }, data.agent_id),
    span({ class: "feed-run mono quiet", title: data.run_id }, shortId(data.run_id ?? "", 10)),
    span({ class: "feed-cost" }),
  );

/** Rows of the feed, brought to the page once a frame at most. */
function useLiveRows(query, isPaused) {
  const sampler = useRef(null);
  sampler.current ??= createSampler();
  const [view, setView] = useState({ rows: [], rate: 0, shownShare: 1, waiting: 0 });
  const [state, setState] = useState("connecting");
  const paused = useRef(isPaused);
  paused.current = isPaused;
  useEffect(() => {
    const kept = sampler.current;
    kept.clear();
    let isGone = false;
    const draw = () => {
      if (isGone) {
        return;
      }
      if (!document.hidden && kept.hasNews(paused.current)) {
        setView(kept.view(paused.current));
      }
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
    const { agent, kind, type, severity } = query;
    const close = openFeed({ agent, kind: kind || "events,violations", type, severity }, (messages) => kept.take(messages.filter((message) => message.kind !== "metric" && message.kind !== "notice")), setState);
    return () => {
      isGone = true;
      close();
    };
  }, [query.agent, query.kind, query.type, query.severity]);
  return { ...view, state };
}
