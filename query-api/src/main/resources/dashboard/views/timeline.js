import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { count, duration, exact, money, plural, preciseTime, words } from "../core/format.js";
import { Segments } from "../ui/fields.js";
import { Icon } from "../ui/icon.js";
import { Minimap } from "./minimap.js";
import { timeScale } from "./time-scale.js";

const { div, span, button } = html;
const ROW = 30;
const OVERSCAN = 12;

/** Lines from which on a bar of the whole run is too thin to see. */
const LONG = 120;

/**
 * The waterfall: only the lines in sight are in the page, whatever the run's length.
 * @param {{spans: import("./spans.js").Span[], chosen: string | undefined, onChoose: (span: import("./spans.js").Span) => void}} properties chosen: key of a span
 */
export function Timeline({ spans, chosen, onChoose }) {
  const [kind, setKind] = useState(spans.length > LONG ? "near" : "cut");
  const [only, setOnly] = useState("all");
  const shown = useMemo(() => spans.filter(FILTERS[only].passes), [spans, only]);
  const whole = useMemo(() => timeScale(spans, kind !== "true"), [spans, kind]);
  const costs = useMemo(() => runningCosts(shown), [shown]);
  const frame = useRef(null);
  const { first, last } = useWindow(frame, shown.length);
  const near = useMemo(() => timeScale(shown.slice(first, last), true), [shown, first, last]);
  const scale = kind === "near" ? near : whole;
  useEffect(() => {
    const at = shown.findIndex((each) => each.key === chosen);
    const element = frame.current;
    if (at >= 0 && element && (at * ROW < element.scrollTop || (at + 1) * ROW > element.scrollTop + element.clientHeight)) {
      element.scrollTop = Math.max(0, at * ROW - element.clientHeight / 3);
    }
  }, [chosen, shown]);
  const onKeyDown = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      const at = shown.findIndex((each) => each.key === chosen);
      const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
      if (next) {
        onChoose(next);
        requestAnimationFrame(() => document.getElementById(idOf(next))?.focus({ preventScroll: true }));
      }
    }
  };
  return div(
    { class: "timeline" },
    div(
      { class: "timeline-tools" },
      use(Segments, { name: "Which lines", value: only, onChange: setOnly, options: Object.entries(FILTERS).map(([of, { words: said, passes }]) => [of, `${said} ${count(of === "all" ? spans.length : spans.filter(passes).length)}`]) }),
      use(Segments, { name: "Scale", value: kind, onChange: setKind, options: [["near", "What is in sight"], ["cut", "Idle time cut"], ["true", "True time"]] }),
    ),
    use(Minimap, { spans, scale: whole, onGo: (place) => goTo(frame.current, shown, whole, place) }),
    use(Axis, { scale }),
    div(
      { class: "timeline-rows", ref: frame, role: "list", "aria-label": `Timeline, ${plural(shown.length, "line")}`, tabIndex: 0, onKeyDown },
      div(
        { class: "timeline-height", style: { height: `${shown.length * ROW}px` } },
        shown.slice(first, last).map((each, i) => use(Line, { key: each.key, each, at: first + i, of: shown.length, scale, cost: costs[first + i], isChosen: each.key === chosen, onChoose })),
      ),
    ),
    shown.length === 0 && div({ class: "quiet pad" }, "No line passes this filter."),
  );
}

const FILTERS = {
  all: { words: "All", passes: () => true },
  calls: { words: "Calls", passes: (each) => each.kind === "call" },
  failed: { words: "Errors", passes: (each) => each.hasFailed },
  broken: { words: "Violations", passes: (each) => each.violations.length > 0 },
};

export const idOf = (each) => `line-${each.key}`;

function Line({ each, at, of, scale, cost, isChosen, onChoose }) {
  const start = scale.place(each.start);
  const end = scale.place(each.isOpen ? scale.to : each.end);
  const lead = each.lead > 0 ? scale.place(each.start - each.lead) : start;
  const took = each.isOpen ? "no answer" : each.kind === "event" ? "" : duration(each.end - each.start);
  const place = wordsPlace(lead, end);
  return div(
    { class: "timeline-item", role: "listitem", "aria-setsize": of, "aria-posinset": at + 1, style: { top: `${at * ROW}px` } },
    button(
      {
        type: "button",
        id: idOf(each),
        "data-row": "",
        class: `line ${each.kind} ${each.hasFailed ? "failed" : ""} ${each.violations.length ? "broken" : ""} ${isChosen ? "chosen" : ""}`,
        "aria-pressed": String(isChosen),
        "aria-label": `${each.label}, ${words(each.type)} by ${each.actor}, ${took}${each.hasFailed ? ", failed" : ""}${each.violations.length ? `, ${plural(each.violations.length, "violation")}` : ""}`,
        onClick: () => onChoose(each),
      },
      span({ class: "line-name" }, span({ class: `type-dot t-${each.type}`, "aria-hidden": "true" }), span({ class: "line-label" }, each.label), each.actor !== "agent" && span({ class: "quiet small" }, each.actor), each.violations.length > 0 && span({ class: "line-mark" }, use(Icon, { name: "violations", size: 13 }))),
      span(
        { class: "line-field", "aria-hidden": "true" },
        each.lead > 0 && span({ class: "line-lead", style: { left: percent(lead), width: percent(start - lead) } }),
        span({ class: `line-bar ${each.isOpen ? "open-end" : ""}`, style: { left: percent(start), width: percent(end - start) } }),
        took && span({ class: `line-took ${place.kind}`, style: place.style }, took),
      ),
      span({ class: "line-figures num", "aria-hidden": "true" }, span(each.tokens ? count(each.tokens) : ""), span({ title: each.cost ? `$${each.cost}; so far ${money(cost)}` : undefined }, each.cost !== null ? money(each.cost) : ""), span({ class: "quiet" }, cost ? money(cost) : "")),
    ),
  );
}

/** Share of the field that a line's words need beside its bar. */
const ROOM = 0.38;

/** Where the words of a bar go: behind it where there is room, else before it, else upon its end. */
function wordsPlace(from, to) {
  if (to <= 1 - ROOM) {
    return { kind: "behind", style: { left: percent(to) } };
  }
  return from >= ROOM ? { kind: "before", style: { right: percent(1 - from) } } : { kind: "upon", style: { right: percent(1 - to) } };
}

const percent = (share) => `${(Math.max(0, share) * 100).toFixed(3)}%`;

/** What the run had cost by the end of each line. */
function runningCosts(spans) {
  let sum = 0;
  return spans.map((each) => (sum += each.cost ?? 0));
}

function goTo(element, spans, scale, place) {
  const at = spans.findIndex((each) => scale.place(each.start) >= place);
  element.scrollTop = (at < 0 ? spans.length : at) * ROW - element.clientHeight / 3;
}

/** Which lines are in sight. */
function useWindow(frame, rows) {
  const [sight, setSight] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = frame.current;
    const look = () => setSight((before) => (before.top === element.scrollTop && before.height === element.clientHeight ? before : { top: element.scrollTop, height: element.clientHeight }));
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      watcher.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  return { first: Math.max(0, Math.floor(sight.top / ROW) - OVERSCAN), last: Math.min(rows, Math.ceil((sight.top + sight.height) / ROW) + OVERSCAN) };
}

const MARKS = 5;

function Axis({ scale }) {
  const marks = Array.from({ length: MARKS + 1 }, (_, i) => i / MARKS);
  return div(
    { class: "timeline-axis", "aria-hidden": "true" },
    span({ class: "line-name quiet" }, preciseTime(new Date(scale.from).toISOString())),
    span({ class: "line-field" }, marks.slice(0, -1).map((at) => span({ key: at, class: "axis-mark", style: { left: percent(at) } }, duration(timeAt(scale, at) - scale.from))), scale.cuts.map((cut) => span({ key: cut.at, class: "axis-cut", style: { left: percent(cut.at) }, title: `${exact(Math.round(cut.ms / 1000))} s of nothing left out` }))),
    span({ class: "line-figures quiet" }, span("Tokens"), span("Cost"), span("Sum")),
  );
}

/** The time that lies there: found by halving, since a scale with cuts has no simple way back. */
function timeAt(scale, place) {
  let [low, high] = [scale.from, scale.to];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (scale.place(middle) < place) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}
