import { useEffect, useMemo, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { useAsk } from "../core/api.js";
import { count, duration, exact, percent, plural } from "../core/format.js";
import { asQuery, setRange, useRange } from "../core/range.js";
import { href, setQuery } from "../core/router.js";
import { Choice, TextFilter } from "../ui/fields.js";
import { Facts, Note, Page } from "../ui/page.js";
import { IconButton } from "../ui/parts.js";
import { Empty, Failure, Lines } from "../ui/states.js";
import { loadLibrary } from "../ui/library.js";
import { layOut, simplified } from "./graph.js";
import { Canvas } from "./canvas.js";

const { div, span, label, input, aside, h2, a, ul, li } = html;
const STATUSES = [["", "Any status"], ["running", "Running"], ["completed", "Completed"], ["failed", "Failed"], ["timed_out", "Timed out"]];
const KEPT = [["", "Rules kept or not"], ["true", "With violations"], ["false", "Without violations"]];
const RESPONSES = [["", "Requests"], ["true", "Requests and responses"]];
const FIRST_DETAIL = 60;

/** How runs go, all of them together: what follows what, how often, how soon, and where rules are broken. */
export function ProcessMap({ query }) {
  const range = useRange();
  const answer = useAsk("/api/v1/process-map", { ...asQuery(range), agent: query.agent, status: query.status, has_violations: query.has_violations, responses: query.responses });
  const detail = Number(query.detail ?? FIRST_DETAIL);
  return use(
    Page,
    { title: "Process map", hasRange: true, kind: "fill" },
    div(
      { class: "filters" },
      use(TextFilter, { name: "Agent", value: query.agent, placeholder: "Agent, exactly", onChange: (agent) => setQuery({ agent }) }),
      use(Choice, { name: "Status", value: query.status, options: STATUSES, onChange: (status) => setQuery({ status }) }),
      use(Choice, { name: "Violations", value: query.has_violations, options: KEPT, onChange: (kept) => setQuery({ has_violations: kept }) }),
      use(Choice, { name: "Steps", value: query.responses, options: RESPONSES, onChange: (responses) => setQuery({ responses }) }),
      label({ class: "slider" }, span("Detail"), input({ type: "range", min: 5, max: 100, step: 5, value: detail, onInput: (event) => setQuery({ detail: event.target.value }) }), span({ class: "num quiet" }, `${detail} %`)),
    ),
    answer.data
      ? use(Found, { map: answer.data, detail, range, query })
      : answer.error
        ? use(Failure, { error: answer.error, onRetry: answer.refresh, what: "The process map" })
        : use(Lines, { n: 8 }),
  );
}

function Found({ map, detail, range }) {
  const [chosen, setChosen] = useState(undefined);
  const [dagre, setDagre] = useState(undefined);
  useEffect(() => {
    loadLibrary("dagre.js", "dagre").then((loaded) => setDagre(() => loaded));
  }, []);
  const graph = useMemo(() => simplified(map, detail / 100), [map, detail]);
  const layout = useMemo(() => dagre && graph.nodes.length > 0 && layOut(dagre, graph), [dagre, graph]);
  if (map.activities.length === 0) {
    return use(Empty, { title: `No run to draw in the ${range.words.toLowerCase()}`, action: range.name === "all" ? undefined : "Show all time", onAction: () => setRange("all") });
  }
  return div(
    { class: "map" },
    div(
      { class: "map-facts quiet" },
      `${plural(map.runs, "run")}, ${plural(map.events, "step")}. ${graph.nodes.length - 2} of ${map.activities.length} activities and ${graph.flows} of ${map.flows.length} flows are drawn.`,
      map.truncated && ` Only the latest runs, up to ${exact(map.max_events)} events.`,
      div({ class: "map-legend" }, span({ class: "key-line" }), "often", span({ class: "key-line rare" }), "rare", span({ class: "key-line broken" }), "often breaks a rule"),
    ),
    div({ class: `map-body ${chosen ? "with-panel" : ""}` }, layout ? use(Canvas, { layout, chosen, onChoose: setChosen }) : use(Lines, { n: 8 }), chosen && use(Details, { key: chosen, map, id: chosen, onClose: () => setChosen(undefined), onChoose: setChosen })),
    use(Note, { kind: "unseen" }, "The same as a list: ", map.flows.slice(0, 30).map((flow) => `${nameOf(map, flow.source)} then ${nameOf(map, flow.target)}, ${plural(flow.count, "time")}. `)),
  );
}

const nameOf = (map, id) => map.activities.find((activity) => activity.id === id)?.name ?? id;

function Details({ map, id, onClose, onChoose }) {
  const activity = map.activities.find((each) => each.id === id);
  if (!activity) {
    return null;
  }
  const into = map.flows.filter((flow) => flow.target === id);
  const out = map.flows.filter((flow) => flow.source === id);
  return aside(
    { class: "panel", "aria-label": `Details of ${activity.name}` },
    div({ class: "panel-head" }, div(h2(activity.name), span({ class: "quiet" }, activity.type.replaceAll("_", " "), activity.failed && ", failed")), use(IconButton, { icon: "close", label: "Close details", onClick: onClose })),
    div(
      { class: "panel-body" },
      use(Facts, {
        kind: "compact",
        items: [
          ["Times", exact(activity.count)],
          ["Runs", `${exact(activity.runs)} (${percent(activity.runs / map.runs)})`],
          ["Begins", activity.starts ? plural(activity.starts, "run") : undefined],
          ["Ends", activity.ends ? plural(activity.ends, "run") : undefined],
          ["Proves", activity.proving ? span({ class: "bad" }, plural(activity.proving, "violation")) : undefined],
        ],
      }),
      use(Flows, { title: "Before it", flows: into, end: "source", map, onChoose }),
      use(Flows, { title: "After it", flows: out, end: "target", map, onChoose }),
      activity.proving > 0 && a({ class: "more", href: href(["violations"]) }, "Look at the violations"),
    ),
  );
}

const Flows = ({ title, flows, end, map, onChoose }) =>
  flows.length > 0 &&
  div(
    html.h3(title),
    ul(
      { class: "flows" },
      flows.slice(0, 12).map((flow) =>
        li({ key: flow[end] }, html.button({ type: "button", onClick: () => onChoose(flow[end]) }, nameOf(map, flow[end])), span({ class: "num" }, count(flow.count)), span({ class: "num quiet", title: "Median gap" }, duration(flow.median_gap_ms)), flow.proving > 0 && span({ class: "pill bad num", title: "Proves violations" }, count(flow.proving))),
      ),
    ),
  );
