import { html, use } from "../core/html.js";
import { useAsk, usePages } from "../core/api.js";
import { shortId, words } from "../core/format.js";
import { asQuery, useRange } from "../core/range.js";
import { href, setQuery } from "../core/router.js";
import { Choice, TextFilter } from "../ui/fields.js";
import { Page } from "../ui/page.js";
import { Severity, Tag, Time } from "../ui/parts.js";
import { RangedTable } from "../ui/ranged-table.js";
import { SavedViews } from "./saved-views.js";

const { div, span, a } = html;

const SEVERITIES = [["", "Any severity"], ["CRITICAL", "Critical"], ["ERROR", "Error"], ["WARNING", "Warning"], ["INFO", "Info"]];
const KINDS = [["", "Any kind"], ...["sequence", "timelag", "missing_step", "frequency", "check", "engine_limit"].map((kind) => [kind, words(kind)])];

const to = (violation) => href(["violations", violation.violation_id], { tenant: violation.tenant });

/** What a list of violations shows; shared with those of one rule or one run. */
export const VIOLATION_COLUMNS = [
  {
    name: "Violation",
    cell: (violation) =>
      div({ class: "two-lines" }, a({ href: to(violation) }, violation.rule_id, violation.suppressed > 0 && use(Tag, {}, `and ${violation.suppressed} more`)), span({ class: "quiet clamp" }, violation.message)),
  },
  { name: "Severity", cell: (violation) => use(Severity, { of: violation.severity }) },
  { name: "Kind", rank: 3, cell: (violation) => words(violation.kind) },
  { name: "Agent", rank: 2, cell: (violation) => span({ class: "clamp" }, violation.agent_id ?? "–") },
  { name: "Run", rank: 3, cell: (violation) => (violation.run_id ? a({ href: href(["runs", violation.run_id], { tenant: violation.tenant }), class: "mono", title: violation.run_id }, shortId(violation.run_id)) : "–") },
  { name: "Certain at", rank: 2, cell: (violation) => use(Time, { at: violation.t }) },
];

/** All violations, by filters that stand in the address. */
export function Violations({ query }) {
  const range = useRange();
  const rules = useAsk("/api/v1/rules", { limit: 1000 }, { tenantless: true });
  const filter = { rule: query.rule, kind: query.kind, severity: query.severity, agent: query.agent };
  const list = usePages("/api/v1/violations", { ...asQuery(range), ...filter });
  const ids = [...new Set((rules.data?.items ?? []).map((rule) => rule.rule_id))];
  if (query.rule && !ids.includes(query.rule)) {
    ids.unshift(query.rule);
  }
  const isFiltered = Object.values(filter).some(Boolean);
  return use(
    Page,
    { title: "Violations", hasRange: true },
    div(
      { class: "filters" },
      use(TextFilter, { name: "Agent", value: query.agent, placeholder: "Agent, exactly", onChange: (agent) => setQuery({ agent }) }),
      use(Choice, { name: "Rule", value: query.rule, options: [["", "Any rule"], ...ids.map((id) => [id, id])], onChange: (rule) => setQuery({ rule }) }),
      use(Choice, { name: "Severity", value: query.severity, options: SEVERITIES, onChange: (severity) => setQuery({ severity }) }),
      use(Choice, { name: "Kind", value: query.kind, options: KINDS, onChange: (kind) => setQuery({ kind }) }),
      use(SavedViews, { of: "violations", query, isFiltered }),
    ),
    use(RangedTable, {
      label: "Violations",
      columns: VIOLATION_COLUMNS,
      list,
      range,
      keyOf: (violation) => violation.violation_id,
      to,
      empty: isFiltered
        ? { title: "No violation passes these filters", words: range.words, action: "Clear the filters", onAction: () => setQuery({ rule: "", kind: "", severity: "", agent: "" }) }
        : { title: "Every rule was kept", words: `No violation became certain in the ${range.words.toLowerCase()}.` },
    }),
  );
}
