import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ApiError, address, ask, refreshes, useAsk } from "../core/api.js";
import { count, duration, money, plural, shortId } from "../core/format.js";
import { openFeed } from "../core/feed.js";
import { href, setQuery } from "../core/router.js";
import { useStore } from "../core/store.js";
import { Tabs } from "../ui/fields.js";
import { Facts, Note, Page } from "../ui/page.js";
import { Id, Status, Tag, Time } from "../ui/parts.js";
import { Failure, Lines, Shown } from "../ui/states.js";
import { Table } from "../ui/table.js";
import { EventPanel } from "./event-panel.js";
import { Explanation } from "./explanation.js";
import { VIOLATION_COLUMNS } from "./violations.js";
import { proofsOf, spansOf } from "./spans.js";
import { Timeline } from "./timeline.js";

const { div, span } = html;
const PAGE = 10_000;

/** Enough for the first sight of a long run, which shall not wait for its end. */
const FIRST_PAGE = 1_000;
const MOST_VIOLATIONS = 1_000;
const REFRESH_MS = 2_000;

/** One run: what was done, when, at what cost, and what proves that a rule was broken. */
export function Run({ path: [runId], query }) {
  const run = useAsk(address(`/api/v1/runs/${encodeURIComponent(runId)}`, { tenant: query.tenant }));
  return use(
    Page,
    {
      kind: "fill",
      title: span({ class: "mono" }, shortId(runId, 26)),
      name: `Run ${runId}`,
      crumbs: [["Runs", href(["runs"])]],
      actions: run.data && use(Status, { of: run.data.status }),
    },
    use(Shown, { answer: run, what: "Runs", lines: 8 }, (found) => use(RunFound, { run: found, query })),
  );
}

function RunFound({ run, query }) {
  const violations = useAsk("/api/v1/violations", { tenant: run.tenant, run: run.run_id, limit: MOST_VIOLATIONS });
  const tab = query.tab ?? "timeline";
  useGrowth(run);
  return [
    use(Head, { key: "head", run }),
    use(Tabs, {
      key: "tabs",
      name: "Parts of the run",
      value: tab,
      tabs: [["timeline", "Timeline"], ["violations", "Violations", count(run.violations)], ["rules", "Rules"]],
      hrefOf: (of) => href(["runs", run.run_id], { tenant: query.tenant, tab: of === "timeline" ? "" : of }),
    }),
    tab === "timeline" && use(Trail, { key: "trail", run, query, violations: violations.data?.items ?? NONE }),
    tab === "violations" && use(Table, { key: "violations", label: "Violations of this run", columns: VIOLATION_COLUMNS.filter((column) => column.name !== "Run"), rows: violations.data?.items, error: violations.error, onRetry: violations.refresh, keyOf: (each) => each.violation_id, to: (each) => href(["violations", each.violation_id], { tenant: each.tenant }), empty: { title: "Every rule was kept", words: "No violation was found in this run." } }),
    tab === "rules" && use(Explanation, { key: "rules", run }),
  ];
}

const NONE = [];

const Head = ({ run }) =>
  use(Facts, {
    kind: "strip",
    items: [
      ["Run", use(Id, { of: run.run_id, length: 12 })],
      ["Agent", html.a({ href: href(["runs"], { agent: run.agent_id }) }, run.agent_id)],
      ["Tenant", run.tenant === "default" ? undefined : run.tenant],
      ["Began", use(Time, { at: run.started_at })],
      ["Took", duration(run.duration_ms)],
      ["Events", count(run.events)],
      ["Model calls", run.model_calls ? count(run.model_calls) : undefined],
      ["Tokens", run.input_tokens + run.output_tokens ? `${count(run.input_tokens)} in, ${count(run.output_tokens)} out` : undefined],
      ["Cost", run.model_calls ? money(run.cost_usd) : undefined],
      ["Models", run.models.join(", ")],
      ["Errors", run.errors ? span({ class: "bad" }, count(run.errors)) : undefined],
      ["Also", marks(run).length ? marks(run) : undefined],
    ],
  });

const marks = (run) =>
  [
    run.unpriced_calls > 0 && `${plural(run.unpriced_calls, "call")} unpriced`,
    run.late_events > 0 && `${count(run.late_events)} late`,
    run.duplicates > 0 && plural(run.duplicates, "duplicate"),
    run.conflicts > 0 && plural(run.conflicts, "conflict"),
  ]
    .filter(Boolean)
    .map((words) => use(Tag, { key: words }, words));

function Trail({ run, query, violations }) {
  const { events, error, isWhole } = useTimeline(run);
  const spans = useMemo(() => spansOf(events ?? NONE, proofsOf(violations, run.run_id)), [events, violations]);
  const [chosen, setChosen] = useState(undefined);
  useEffect(() => {
    if (!chosen && query.seq && spans.length > 0) {
      setChosen(spans.find((each) => each.events.some((event) => String(event.seq) === query.seq))?.key);
    }
  }, [spans, query.seq]);
  const line = spans.find((each) => each.key === chosen);
  if (error && !events) {
    return use(Failure, { error, what: "The timeline", onRetry: () => refreshes.set((n) => n + 1) });
  }
  if (!events) {
    return use(Lines, { n: 12 });
  }
  const choose = (each) => {
    setChosen(each.key);
    setQuery({ seq: each.events[0].seq });
  };
  return div(
    { class: `trail ${line ? "with-panel" : ""}` },
    div({ class: "trail-main" }, !isWhole && use(Note, {}, `The first ${count(events.length)} events are shown; the rest is on its way.`), use(Timeline, { spans, chosen, onChoose: choose })),
    line && use(EventPanel, { key: line.key, run, span: line, onClose: () => { setChosen(undefined); setQuery({ seq: "" }); } }),
  );
}

/** A run's events, without their records; those of a very long run page by page. */
function useTimeline(run) {
  const [state, setState] = useState({ events: undefined, error: undefined, isWhole: true });
  const refresh = useStore(refreshes);
  const hasShown = useRef(false);
  useEffect(() => {
    const cancel = new AbortController();
    const show = (events, isWhole) => {
      hasShown.current = true;
      setState({ events, error: undefined, isWhole });
    };
    load(run, hasShown.current ? PAGE : FIRST_PAGE, cancel.signal, show).catch((error) => {
      if (error instanceof ApiError) {
        setState((before) => ({ ...before, error }));
      }
    });
    return () => cancel.abort();
  }, [run.tenant, run.run_id, run.events, refresh]);
  return state;
}

async function load(run, first, signal, onEvents) {
  const events = [];
  let limit = first;
  let cursor;
  do {
    const page = await ask(`/api/v1/runs/${encodeURIComponent(run.run_id)}/timeline`, { query: { tenant: run.tenant, limit, cursor }, signal });
    events.push(...page.items);
    cursor = page.next_cursor;
    limit = PAGE;
    onEvents([...events], !cursor);
  } while (cursor);
}

/** A run that still runs grows as its events come. */
function useGrowth(run) {
  useEffect(() => {
    if (run.status !== "running") {
      return undefined;
    }
    let due;
    const close = openFeed(
      { tenant: run.tenant, run: run.run_id },
      () => {
        due ??= setTimeout(() => {
          due = undefined;
          refreshes.set((n) => n + 1);
        }, REFRESH_MS);
      },
      () => {},
    );
    return () => {
      close();
      clearTimeout(due);
    };
  }, [run.tenant, run.run_id, run.status]);
}
