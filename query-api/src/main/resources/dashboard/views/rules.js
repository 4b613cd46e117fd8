import { html, use } from "../core/html.js";
import { useAsk } from "../core/api.js";
import { count, percent, words } from "../core/format.js";
import { href, go } from "../core/router.js";
import { may } from "../core/session.js";
import { Choice, TextFilter } from "../ui/fields.js";
import { setQuery } from "../core/router.js";
import { Page } from "../ui/page.js";
import { Button, Count, Severity, Status, Tag, Time } from "../ui/parts.js";
import { Table } from "../ui/table.js";

const { div, span, a } = html;
const MOST = 1_000;
const STATES = [["", "Any state"], ["active", "Active"], ["shadow", "Shadow"], ["disabled", "Disabled"], ["deleted", "Deleted"], ["rejected", "Rejected"]];

const to = (rule) => href(["rules", rule.rule_id]);

const COLUMNS = [
  { name: "Rule", cell: (rule) => div({ class: "two-lines" }, a({ href: to(rule) }, rule.rule_id, rule.problems.length > 0 && use(Tag, { kind: "bad" }, "rejected version")), span({ class: "quiet clamp" }, rule.definition.description)) },
  { name: "State", cell: (rule) => use(Status, { of: rule.state }) },
  { name: "Severity", rank: 2, cell: (rule) => use(Severity, { of: rule.severity }) },
  { name: "Kind", rank: 3, cell: (rule) => words(rule.kind) },
  { name: "Judged", align: "right", rank: 2, cell: (rule) => use(Count, { of: rule.outcome.judged }) },
  { name: "Held", align: "right", rank: 3, cell: (rule) => use(Count, { of: rule.outcome.held }) },
  { name: "Broken", align: "right", cell: (rule) => (rule.outcome.broken ? a({ class: "pill bad num", href: href(["violations"], { rule: rule.rule_id, range: "all" }) }, count(rule.outcome.broken)) : span({ class: "quiet" }, "0")) },
  { name: "Rate", align: "right", rank: 2, cell: (rule) => span({ class: "num" }, percent(rule.outcome.judged ? rule.outcome.broken / rule.outcome.judged : null)) },
  { name: "In force from", rank: 3, cell: (rule) => fromOf(rule.effective_at) },
];

/** A rule that was there from the start has no time worth showing. */
export const fromOf = (iso) => (Date.parse(iso) < 0 ? span({ class: "quiet" }, "the beginning") : use(Time, { at: iso }));

/** Rules with their state and how they were kept. */
export function Rules({ query }) {
  const versions = useAsk("/api/v1/rules", { limit: MOST }, { tenantless: true });
  const outcomes = useAsk("/api/v1/conformance", { limit: MOST });
  const rules = versions.data && rulesOf(versions.data.items, outcomes.data?.items ?? []);
  const shown = rules?.filter((rule) => (!query.state || rule.state === query.state) && (!query.text || `${rule.rule_id} ${rule.definition.description}`.toLowerCase().includes(query.text.toLowerCase())));
  return use(
    Page,
    { title: "Rules", actions: may("write-rules") && use(Button, { icon: "plus", kind: "primary", onClick: () => go(["rules", "new"]) }, "New rule") },
    div(
      { class: "filters" },
      use(TextFilter, { name: "Filter rules", value: query.text, onChange: (text) => setQuery({ text }) }),
      use(Choice, { name: "State", value: query.state, options: STATES, onChange: (state) => setQuery({ state }) }),
    ),
    use(Table, {
      label: "Rules",
      columns: COLUMNS,
      rows: shown,
      keyOf: (rule) => rule.rule_id,
      to,
      error: versions.error,
      onRetry: versions.refresh,
      empty: rules?.length ? { title: "No rule passes these filters", action: "Clear the filters", onAction: () => setQuery({ text: "", state: "" }) } : { title: "There are no rules yet", words: "Write one, try it on what is stored, and bring it into force." },
    }),
  );
}

/** One row a rule: its version in force, or else its newest; outcomes of all its versions together. */
function rulesOf(versions, outcomes) {
  const rules = new Map();
  for (const version of versions) {
    const known = rules.get(version.rule_id);
    if (!known || (["superseded", "rejected"].includes(known.state) && !["superseded", "rejected"].includes(version.state))) {
      rules.set(version.rule_id, version);
    }
  }
  return [...rules.values()].map((rule) => ({ ...rule, outcome: outcomeOf(outcomes.filter((each) => each.rule_id === rule.rule_id)) }));
}

function outcomeOf(outcomes) {
  const sum = (of) => outcomes.reduce((total, each) => total + each[of], 0);
  return { judged: sum("judged"), held: sum("held"), broken: sum("broken"), open: sum("open"), violations: sum("violations") };
}
