import { html, use } from "../core/html.js";
import { useAsk } from "../core/api.js";
import { count, percent, words } from "../core/format.js";
import { href } from "../core/router.js";
import { may } from "../core/session.js";
import { Tabs } from "../ui/fields.js";
import { Card, Facts, Page } from "../ui/page.js";
import { Severity, Status } from "../ui/parts.js";
import { Empty, Shown } from "../ui/states.js";
import { Table } from "../ui/table.js";
import { Code } from "./code.js";
import { fromOf } from "./rules.js";
import { RuleEditor } from "./rule-editor.js";
import { Versions } from "./versions.js";
import { VIOLATION_COLUMNS } from "./violations.js";
import { ruleSetOf, toYaml } from "./yaml.js";

const { div, p } = html;
const VERSIONS = 200;

const TEMPLATE = `version: 1
rules:
  - id: my-rule
    kind: timelag
    template: response
    activation: { type: action_request, action: issue_refund }
    target: { type: action_request, action: notify_user }
    within: { max: PT5M }
    severity: WARNING
    mode: shadow
    description: A customer is told of a refund within five minutes.
    remedy: Look whether the money was paid, and tell the customer.
`;

/** One rule: its text, how it was kept, its versions; or a new one. */
export function Rule({ path: [id], query }) {
  return id === "new" ? use(NewRule) : use(KnownRule, { key: id, id, query });
}

const NewRule = () =>
  use(
    Page,
    { title: "New rule", crumbs: [["Rules", href(["rules"])]] },
    may("write-rules") ? use(RuleEditor, { initial: TEMPLATE }) : use(Empty, { title: "Not for your role", icon: "key" }, "Policy authors write rules."),
  );

function KnownRule({ id, query }) {
  const versions = useAsk("/api/v1/rules", { rule: id, limit: VERSIONS }, { tenantless: true });
  const tab = query.tab ?? "rule";
  const tabs = [["rule", "Rule"], ...(may("write-rules") ? [["edit", "Edit and try"]] : []), ["versions", "Versions", versions.data && count(versions.data.items.length)], ["violations", "Violations"]];
  const current = versions.data?.items.find((version) => !["superseded", "rejected"].includes(version.state)) ?? versions.data?.items[0];
  return use(
    Page,
    { title: id, crumbs: [["Rules", href(["rules"])]], actions: current && use(Status, { of: current.state }), hasRange: tab === "violations" },
    use(Tabs, { name: "Parts of the rule", tabs, value: tab, hrefOf: (of) => href(["rules", id], { tab: of === "rule" ? "" : of }) }),
    use(Shown, { answer: versions, what: "Rules", lines: 8 }, (data) =>
      data.items.length === 0
        ? use(Empty, { title: "There is no rule of that name" }, "It may have just been written: the validation job shows it within seconds.")
        : {
            rule: () => use(InForce, { rule: current }),
            edit: () => use(RuleEditor, { key: current.rule_version, initial: ruleSetOf(current.definition), current }),
            versions: () => use(Versions, { versions: data.items, query }),
            violations: () => use(OfRule, { id }),
          }[tabs.some(([of]) => of === tab) ? tab : "rule"](),
    ),
  );
}

function InForce({ rule }) {
  const outcomes = useAsk("/api/v1/conformance", { rule: rule.rule_id, limit: VERSIONS });
  return div(
    { class: "columns" },
    div(
      { class: "stack" },
      use(Card, { kind: "story" }, div({ class: "story-part" }, html.span({ class: "eyebrow" }, "What it demands"), p(rule.definition.description || "It does not say.")), rule.definition.remedy && div({ class: "story-part" }, html.span({ class: "eyebrow" }, "What to do when it is broken"), p(rule.definition.remedy))),
      use(Card, { title: "Text", hint: `version ${rule.number}, with all defaults` }, use(Code, { text: toYaml(rule.definition), label: "Text of the rule" })),
    ),
    div(
      { class: "stack" },
      use(Card, { title: "Facts" }, use(Facts, { items: [["Severity", use(Severity, { of: rule.severity })], ["Kind", words(rule.kind)], ["Template", words(rule.template)], ["In force from", fromOf(rule.effective_at)], ["Version", String(rule.number)], ["Problems", rule.problems.join("; ")]] })),
      use(
        Card,
        { title: "How it was kept", hint: "since it was first judged" },
        use(Shown, { answer: outcomes, what: "Conformance", lines: 4 }, ({ items }) =>
          items.length === 0
            ? p({ class: "quiet pad" }, "It has not judged anything yet.")
            : items.map((each) =>
                use(Facts, {
                  key: each.rule_version,
                  items: [
                    ["Version", each.number === null ? "unknown" : `${each.number}, ${words(each.state).toLowerCase()}`],
                    ["Cases", count(each.cases)],
                    ["Held", count(each.held)],
                    ["Nothing called for it", count(each.vacuous)],
                    ["Broken", `${count(each.broken)} (${percent(each.violation_rate)})`],
                    ["Not yet decided", count(each.open)],
                  ],
                }),
              ),
        ),
      ),
    ),
  );
}

function OfRule({ id }) {
  const list = useAsk("/api/v1/violations", { rule: id, limit: 100 });
  return use(Table, { label: `Violations of ${id}`, columns: VIOLATION_COLUMNS, rows: list.data?.items, error: list.error, onRetry: list.refresh, keyOf: (each) => each.violation_id, to: (each) => href(["violations", each.violation_id], { tenant: each.tenant }), empty: { title: "It was always kept" } });
}
