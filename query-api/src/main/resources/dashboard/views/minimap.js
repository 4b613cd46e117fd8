import { useMemo } from "preact/hooks";
import { html } from "../core/html.js";

const { div, svg, path, rect } = html;
const WIDTH = 1_000;
const HEIGHT = 40;
const COLUMNS = 200;

/** The whole run at a glance: how much went on when, how cost grew, where rules were broken. A press goes there. */
export function Minimap({ spans, scale, onGo }) {
  const { activity, cost, failures, proofs } = useMemo(() => drawing(spans, scale), [spans, scale]);
  return div(
    { class: "minimap", onClick: (event) => onGo((event.clientX - event.currentTarget.getBoundingClientRect().left) / event.currentTarget.clientWidth) },
    svg(
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      path({ class: "minimap-activity", d: activity }),
      cost && path({ class: "minimap-cost", d: cost }),
      failures.map((x) => rect({ key: `f${x}`, class: "minimap-failure", x, y: HEIGHT - 5, width: 3, height: 5 })),
      proofs.map((x) => rect({ key: `p${x}`, class: "minimap-proof", x, y: 0, width: 2, height: HEIGHT })),
    ),
  );
}

function drawing(spans, scale) {
  const counts = new Array(COLUMNS).fill(0);
  const place = (ms) => Math.min(1, Math.max(0, scale.place(ms)));
  for (const span of spans) {
    const first = Math.floor(place(span.start - span.lead) * (COLUMNS - 1));
    const last = Math.floor(place(span.end) * (COLUMNS - 1));
    for (let i = first; i <= last; i++) {
      counts[i]++;
    }
  }
  const most = Math.max(...counts, 1);
  const step = WIDTH / COLUMNS;
  const activity = counts.map((n, i) => (n ? `M${(i * step).toFixed(1)} ${HEIGHT}v${(-(HEIGHT - 6) * Math.sqrt(n / most)).toFixed(1)}h${(step - 1).toFixed(1)}V${HEIGHT}z` : "")).join("");
  const total = spans.reduce((sum, span) => sum + (span.cost ?? 0), 0);
  const xs = (passes) => [...new Set(spans.filter(passes).map((span) => Math.round(place(span.end) * (WIDTH - 4))))];
  return { activity, cost: total > 0 ? costLine(spans, place, total) : "", failures: xs((span) => span.hasFailed), proofs: xs((span) => span.violations.length > 0) };
}

function costLine(spans, place, total) {
  let sum = 0;
  let line = `M0 ${HEIGHT - 2}`;
  for (const span of spans) {
    if (span.cost) {
      sum += span.cost;
      line += `H${(place(span.end) * WIDTH).toFixed(1)}V${(HEIGHT - 2 - (sum / total) * (HEIGHT - 6)).toFixed(1)}`;
    }
  }
  return `${line}H${WIDTH}`;
}
