import { useMemo } from "preact/hooks";
import { html, use } from "../core/html.js";
import { useAsk } from "../core/api.js";
import { count, duration, money, percent, plural } from "../core/format.js";
import { asQuery, setRange, useRange } from "../core/range.js";
import { href } from "../core/router.js";
import { may } from "../core/session.js";
import { TimeChart } from "../ui/chart.js";
import { Card, Page } from "../ui/page.js";
import { Spark } from "../ui/spark.js";
import { Empty, Shown } from "../ui/states.js";
import { Severity, Time } from "../ui/parts.js";
import { PipelineCard } from "./pipeline-card.js";

const { div, span, a, ul, li, p } = html;
const TOP = 6;
const LISTED_VIOLATIONS = 1_000;

/** How all agents fare: figures beside those of the period before, how they went, and who stands out. */
export function Overview() {
  const range = useRange();
  const now = useAsk("/api/v1/metrics", asQuery(range));
  const before = useAsk(range.before ? "/api/v1/metrics" : null, range.before);
  const series = useAsk("/api/v1/metrics/series", asQuery(range));
  const violations = useAsk("/api/v1/violations", { ...asQuery(range), limit: LISTED_VIOLATIONS });
  const isQuiet = now.data && now.data.events === 0 && !now.data.runs;
  return use(
    Page,
    { title: "Overview", hasRange: true },
    isQuiet && range.name !== "all"
      ? use(Empty, { title: `Nothing happened in the ${range.words.toLowerCase().replace("last", "last")}`, icon: "clock", action: "Show all time", onAction: () => setRange("all") }, "No agent has sent an event in this range.")
      : [
          use(Figures, { key: "figures", now, before: before.data, series: series.data, hasTrend: Boolean(range.before) }),
          use(Charts, { key: "charts", series }),
          div(
            { class: "grid thirds", key: "tops" },
            use(TopCard, { title: "Agents", by: "agent", range, to: (name) => href(["runs"], { agent: name }) }),
            use(TopCard, { title: "Models", by: "model", range }),
            use(TopCard, { title: "Actions", by: "action", range }),
          ),
          div({ class: "grid halves", key: "ends" }, use(RulesCard, { violations }), may("read-pipeline") && use(PipelineCard)),
        ],
  );
}

const FIGURES = [
  { words: "Runs", value: (m) => m.runs, show: count, to: () => href(["runs"]) },
  { words: "Violations per run", value: (m) => (m.runs ? m.violations / m.runs : null), show: percent, isBadUp: true, note: (m) => plural(m.violations ?? 0, "violation"), point: (m) => m.violations, to: () => href(["violations"]) },
  { words: "Cost", value: (m) => m.cost_usd, show: money, note: (m) => (m.unpriced_calls ? `${plural(m.unpriced_calls, "call")} without a price` : "every call priced"), isNeutral: true },
  { words: "Tokens", value: (m) => m.input_tokens + m.output_tokens, show: count, note: (m) => `${count(m.input_tokens)} in, ${count(m.output_tokens)} out`, isNeutral: true },
  { words: "Model p95", value: (m) => m.model_latency_ms.p95, show: duration, isBadUp: true, note: (m) => `p50 ${duration(m.model_latency_ms.p50)}` },
  { words: "Tool p95", value: (m) => m.tool_latency_ms.p95, show: duration, isBadUp: true, note: (m) => `p50 ${duration(m.tool_latency_ms.p50)}` },
];

function Figures({ now, before, series, hasTrend }) {
  const points = series?.groups[0]?.points ?? [];
  return use(Shown, { answer: now, what: "The figures", lines: 3 }, (data) =>
    ul(
      { class: "figures" },
      FIGURES.map((figure) => {
        const value = figure.value(data);
        const tag = figure.to ? a : div;
        return li(
          { key: figure.words },
          tag(
            { class: "figure", ...(figure.to ? { href: figure.to() } : {}) },
            span({ class: "figure-words" }, figure.words),
            span({ class: "figure-value" }, figure.show(value)),
            div({ class: "figure-foot" }, hasTrend && before && use(Trend, { value, before: figure.value(before), figure }), figure.note && span({ class: "quiet" }, figure.note(data))),
            use(Spark, { values: points.map((point) => (figure.point ?? figure.value)(point) ?? 0) }),
          ),
        );
      }),
    ),
  );
}

/** Up or down against the period before. */
function Trend({ value, before, figure }) {
  if (value === null || before === null || before === undefined || before === 0) {
    return span({ class: "trend" }, "new");
  }
  const change = value / before - 1;
  const isFlat = Math.abs(change) < 0.005;
  const isGood = figure.isBadUp ? change < 0 : change > 0;
  const kind = isFlat || figure.isNeutral ? "" : figure.isBadUp ? (isGood ? "good" : "bad") : isGood ? "good" : "";
  return span({ class: `trend ${kind}`, title: `${figure.show(before)} in the period before` }, isFlat ? "as before" : `${change > 0 ? "↑" : "↓"} ${change > 9.99 ? ">10×" : percent(Math.abs(change))}`);
}

function Charts({ series }) {
  return use(Shown, { answer: series, what: "The charts", lines: 6 }, (data) => use(ChartGrid, { data }));
}

const line = (points, value) => points.map((point) => [Date.parse(point.at), value(point)]);

function ChartGrid({ data }) {
  const from = data.from ? Date.parse(data.from) : undefined;
  const to = data.to ? Date.parse(data.to) : undefined;
  const charts = useMemo(() => {
    const points = data.groups[0]?.points ?? [];
    return [
      {
        title: "Activity",
        format: count,
        isStacked: true,
        series: [
          { name: "Events", colour: "--chart-1", kind: "bar", points: line(points, (m) => m.events - m.errors) },
          { name: "Errors", colour: "--chart-bad", kind: "bar", points: line(points, (m) => m.errors) },
        ],
      },
      { title: "Violations", format: count, series: [{ name: "Violations", colour: "--chart-bad", kind: "bar", points: line(points, (m) => m.violations) }] },
      { title: "Cost", format: money, series: [{ name: "Cost", colour: "--chart-2", points: line(points, (m) => m.cost_usd) }] },
      {
        title: "Latency, p95",
        format: duration,
        series: [
          { name: "Models", colour: "--chart-3", points: line(points, (m) => m.model_latency_ms.p95) },
          { name: "Tools", colour: "--chart-4", points: line(points, (m) => m.tool_latency_ms.p95) },
        ],
      },
    ];
  }, [data]);
  const each = { "1m": "per minute", "1h": "per hour", "1d": "per day" }[data.granularity] ?? "";
  return div(
    { class: "grid quarters" },
    charts.map((chart) =>
      use(
        Card,
        { key: chart.title, title: chart.title, hint: each, actions: chart.series.length > 1 && use(Legend, { series: chart.series }) },
        use(TimeChart, { label: `${chart.title} over time, ${each}`, series: chart.series, format: chart.format, isStacked: chart.isStacked, from, to }),
      ),
    ),
  );
}

const Legend = ({ series }) => series.map((each) => span({ key: each.name, class: "legend" }, span({ class: `swatch ${each.colour.slice(2)}`, "aria-hidden": "true" }), each.name));

/** Who or what there was most of. */
function TopCard({ title, by, range, to }) {
  const answer = useAsk("/api/v1/metrics/series", { ...asQuery(range), group_by: by, top: TOP });
  return use(
    Card,
    { title, hint: "by cost, then calls" },
    use(Shown, { answer, what: title, lines: TOP }, (data) => {
      const rows = data.groups
        .filter((group) => !group.rest && group.group)
        .map((group) => ({ name: group.group, ...summed(group.points) }))
        .sort((one, other) => other.cost - one.cost || other.events - one.events);
      const most = Math.max(...rows.map((row) => row.cost || 0), 0);
      const mostEvents = Math.max(...rows.map((row) => row.events), 1);
      return rows.length === 0
        ? p({ class: "quiet pad" }, "None in this range.")
        : ul(
            { class: "bars" },
            rows.map((row) =>
              li(
                { key: row.name },
                to ? a({ href: to(row.name), class: "bar-name" }, row.name) : span({ class: "bar-name", title: row.name }, row.name),
                span({ class: "bar-values" }, most > 0 && span({ class: "num" }, money(row.cost)), span({ class: "num quiet" }, count(row.events))),
                html.progress({ class: "bar", max: 100, value: Math.max(1, 100 * (most > 0 ? row.cost / most : row.events / mostEvents)), "aria-label": `${row.name}: ${money(row.cost)}` }),
              ),
            ),
          );
    }),
  );
}

const summed = (points) => ({ cost: points.reduce((sum, point) => sum + point.cost_usd, 0), events: points.reduce((sum, point) => sum + point.events, 0) });

/** Which rules were broken, and what was broken last. */
function RulesCard({ violations }) {
  return use(
    Card,
    { title: "Broken rules", actions: a({ href: href(["violations"]), class: "more" }, "All violations") },
    use(Shown, { answer: violations, what: "Violations", lines: TOP }, ({ items, next_cursor: next }) => {
      const rules = grouped(items);
      return rules.length === 0
        ? use(Empty, { title: "Every rule was kept", icon: "check" }, "No violation became certain in this range.")
        : div(
            ul(
              { class: "bars" },
              rules.slice(0, TOP).map((rule) =>
                li(
                  { key: rule.id },
                  a({ href: href(["violations"], { rule: rule.id }), class: "bar-name" }, use(Severity, { of: rule.severity }), rule.id),
                  span({ class: "bar-values" }, span({ class: "num" }, count(rule.n)), span({ class: "quiet" }, use(Time, { at: rule.last, relative: true }))),
                  html.progress({ class: "bar bad", max: rules[0].n, value: rule.n, "aria-label": `${rule.id}: ${plural(rule.n, "violation")}` }),
                ),
              ),
            ),
            next && p({ class: "quiet pad small" }, `Of the latest ${count(LISTED_VIOLATIONS)} violations.`),
          );
    }),
  );
}

function grouped(violations) {
  const rules = new Map();
  for (const violation of violations) {
    const rule = rules.get(violation.rule_id) ?? { id: violation.rule_id, severity: violation.severity, n: 0, last: violation.t };
    rule.n += Math.max(1, violation.suppressed);
    rules.set(violation.rule_id, rule);
  }
  return [...rules.values()].sort((one, other) => other.n - one.n);
}
