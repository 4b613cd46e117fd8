import { html, use } from "../core/html.js";
import { usePages } from "../core/api.js";
import { duration, exact, shortId } from "../core/format.js";
import { asQuery, useRange } from "../core/range.js";
import { href, setQuery } from "../core/router.js";
import { Choice, TextFilter } from "../ui/fields.js";
import { Page } from "../ui/page.js";
import { Count, Money, Status, Time } from "../ui/parts.js";
import { RangedTable } from "../ui/ranged-table.js";
import { SavedViews } from "./saved-views.js";
import { TextHits } from "./text-hits.js";

const { div, span, a } = html;

const STATUSES = [["", "Any status"], ["running", "Running"], ["completed", "Completed"], ["failed", "Failed"], ["timed_out", "Timed out"]];
const KEPT = [["", "Rules kept or not"], ["true", "With violations"], ["false", "Without violations"]];

const COLUMNS = [
  { name: "Run", cell: (run) => div({ class: "two-lines" }, a({ href: to(run), class: "mono", title: run.run_id }, shortId(run.run_id, 18)), span({ class: "quiet" }, run.agent_id)) },
  { name: "Status", cell: (run) => use(Status, { of: run.status }) },
  { name: "Began", cell: (run) => use(Time, { at: run.started_at }), rank: 2 },
  { name: "Duration", align: "right", rank: 3, cell: (run) => span({ class: "num" }, duration(run.duration_ms)) },
  { name: "Events", align: "right", rank: 2, cell: (run) => use(Count, { of: run.events }) },
  { name: "Tokens", align: "right", rank: 3, cell: (run) => use(Count, { of: run.input_tokens + run.output_tokens }) },
  { name: "Cost", align: "right", rank: 2, cell: (run) => use(Money, { of: run.cost_usd }) },
  { name: "Errors", align: "right", rank: 3, cell: (run) => (run.errors ? span({ class: "num bad" }, exact(run.errors)) : span({ class: "quiet" }, "0")) },
  { name: "Violations", align: "right", cell: (run) => (run.violations ? span({ class: "pill bad num" }, exact(run.violations)) : span({ class: "quiet" }, "0")) },
];

const to = (run) => href(["runs", run.run_id], { tenant: run.tenant });

/** All runs, by filters that stand in the address. */
export function Runs({ query }) {
  const range = useRange();
  const filter = { agent: query.agent, status: query.status, has_violations: query.has_violations };
  const list = usePages("/api/v1/runs", { ...asQuery(range), ...filter });
  const isFiltered = Object.values(filter).some(Boolean) || query.text;
  return use(
    Page,
    { title: "Runs", hasRange: true },
    div(
      { class: "filters" },
      use(TextFilter, { name: "Agent", value: query.agent, placeholder: "Agent, exactly", onChange: (agent) => setQuery({ agent }) }),
      use(TextFilter, { name: "Text in the trail", value: query.text, placeholder: "Text in the trail", onChange: (text) => setQuery({ text }) }),
      use(Choice, { name: "Status", value: query.status, options: STATUSES, onChange: (status) => setQuery({ status }) }),
      use(Choice, { name: "Violations", value: query.has_violations, options: KEPT, onChange: (kept) => setQuery({ has_violations: kept }) }),
      use(SavedViews, { of: "runs", query, isFiltered }),
    ),
    query.text
      ? use(TextHits, { text: query.text, range, agent: query.agent })
      : use(RangedTable, {
          label: "Runs",
          columns: COLUMNS,
          list,
          range,
          keyOf: (run) => `${run.tenant}/${run.run_id}`,
          to,
          empty: isFiltered
            ? { title: "No run passes these filters", words: range.words, action: "Clear the filters", onAction: () => setQuery({ agent: "", status: "", has_violations: "", text: "" }) }
            : { title: `No run began in the ${range.words.toLowerCase()}` },
        }),
  );
}
