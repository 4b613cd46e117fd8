import { html, use } from "../core/html.js";
import { address, useAsk } from "../core/api.js";
import { count, duration, preciseTime, shortId, words } from "../core/format.js";
import { href } from "../core/router.js";
import { Card, Facts, Page } from "../ui/page.js";
import { Json } from "../ui/json.js";
import { Severity, Tag, Time } from "../ui/parts.js";
import { Shown } from "../ui/states.js";
import { Table } from "../ui/table.js";
import { Code } from "./code.js";
import { VIOLATION_COLUMNS } from "./violations.js";
import { toYaml } from "./yaml.js";

const { div, span, a, p, ol, li, details, summary } = html;
const SIMILAR = 8;

/** One violation: what was expected, what happened, what proves it, and what to do. */
export function Violation({ path: [id] }) {
  const violation = useAsk(`/api/v1/violations/${encodeURIComponent(id)}`, {}, { tenantless: true });
  return use(
    Page,
    {
      title: violation.data?.rule_id ?? "Violation",
      name: `Violation of ${violation.data?.rule_id ?? "…"}`,
      crumbs: [["Violations", href(["violations"])]],
      actions: violation.data && use(Severity, { of: violation.data.severity }),
    },
    use(Shown, { answer: violation, what: "Violations", lines: 8 }, (found) => use(Found, { violation: found })),
  );
}

function Found({ violation }) {
  const rules = useAsk("/api/v1/rules", { rule: violation.rule_id, limit: 100 }, { tenantless: true });
  const version = rules.data?.items.find((rule) => rule.rule_version === violation.rule_version);
  return div(
    { class: "columns" },
    div(
      { class: "stack" },
      use(
        Card,
        { kind: "story" },
        div({ class: "story-part" }, span({ class: "eyebrow" }, "What was expected"), p(violation.description || `The rule ${violation.rule_id} (${words(violation.template)}) is kept.`)),
        div({ class: "story-part happened" }, span({ class: "eyebrow" }, "What happened"), p(sentence(violation.message)), violation.suppressed > 0 && p({ class: "quiet" }, `This stands for ${count(violation.suppressed)} further violations of the same minute, which were counted and not listed.`)),
        violation.remedy && div({ class: "story-part" }, span({ class: "eyebrow" }, "What to do"), p(violation.remedy)),
      ),
      use(Card, { title: "Evidence", hint: "the events that prove it, in order", actions: violation.run_id && a({ class: "more", href: toRun(violation, violation.evidence[0]) }, "Show in the run") }, use(Evidence, { violation })),
      use(Card, { title: "Similar cases", hint: "the same rule", actions: a({ class: "more", href: href(["violations"], { rule: violation.rule_id, range: "all" }) }, "All of this rule") }, use(Similar, { violation })),
    ),
    div(
      { class: "stack" },
      use(
        Card,
        { title: "Facts" },
        use(Facts, {
          items: [
            ["Certain at", use(Time, { at: violation.t })],
            ["Agent", violation.agent_id && a({ href: href(["runs"], { agent: violation.agent_id }) }, violation.agent_id)],
            ["Run", violation.run_id && a({ class: "mono", href: href(["runs", violation.run_id], { tenant: violation.tenant }), title: violation.run_id }, shortId(violation.run_id, 18))],
            ["Case", violation.case_key !== violation.run_id ? span({ class: "wrap" }, violation.case_key) : undefined],
            ["Tenant", violation.tenant === "default" ? undefined : violation.tenant],
            ["Kind", `${words(violation.kind)}, ${words(violation.template).toLowerCase()}`],
            ...Object.entries(violation.facts).map(([name, value]) => [words(name.replace(/_(ms|micros)$/, "")), factOf(name, value)]),
            ["Tags", violation.tags.length ? violation.tags.map((tag) => use(Tag, { key: tag }, tag)) : undefined],
            ["Note", violation.late ? "Late events came to this case" : undefined],
          ],
        }),
      ),
      use(
        Card,
        { title: "The rule", hint: version ? `version ${version.number}, ${words(version.state).toLowerCase()}` : shortId(violation.rule_version), actions: a({ class: "more", href: href(["rules", violation.rule_id]) }, "Open") },
        version ? use(Code, { text: toYaml(version.definition), label: "Text of the rule" }) : p({ class: "quiet pad" }, "Version ", span({ class: "mono" }, shortId(violation.rule_version, 20)), rules.isLoading ? "…" : " is no longer known."),
      ),
    ),
  );
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`).replace(/^./, (first) => first.toUpperCase());

const factOf = (name, value) => (name.endsWith("_ms") && !Number.isNaN(Number(value)) ? duration(Number(value)) : name.endsWith("_micros") && !Number.isNaN(Number(value)) ? duration(Number(value) / 1000) : span({ class: "wrap" }, value));

const toRun = (violation, proof) => href(["runs", proof?.run_id ?? violation.run_id], { tenant: violation.tenant, seq: proof?.seq });

/** The proving events as a small timeline: how far apart they are, and each with its record. */
function Evidence({ violation }) {
  const { evidence } = violation;
  if (evidence.length === 0) {
    return p({ class: "quiet pad" }, "What is missing cannot be shown: no event proves this, its absence does.");
  }
  const first = Date.parse(evidence[0].t);
  return ol(
    { class: "evidence" },
    evidence.map((proof, i) =>
      li(
        { key: `${proof.run_id}/${proof.identity}` },
        i > 0 && span({ class: "evidence-gap quiet" }, `${duration(Date.parse(proof.t) - Date.parse(evidence[i - 1].t))} later`),
        div(
          { class: "evidence-head" },
          use(Tag, { kind: "role" }, words(proof.role)),
          span({ class: "evidence-what" }, proof.event ? whatOf(proof.event) : `Event ${proof.seq}`),
          a({ class: "mono quiet", href: toRun(violation, proof) }, `#${proof.seq}`),
          span({ class: "quiet" }, use(Time, { at: proof.t, format: preciseTime }), i > 0 && `, +${duration(Date.parse(proof.t) - first)}`),
        ),
        proof.event && details(summary("Record"), use(Json, { value: proof.event, label: `Record of event ${proof.seq}` })),
      ),
    ),
  );
}

function whatOf(event) {
  const action = event.payload?.action ?? event.meta?.action;
  return [words(event.type), action, event.payload?.status].filter(Boolean).join(" · ");
}

function Similar({ violation }) {
  const list = useAsk(address("/api/v1/violations", { tenant: violation.tenant, rule: violation.rule_id, limit: SIMILAR + 1 }));
  return use(Table, {
    label: "Similar cases",
    columns: VIOLATION_COLUMNS.filter(({ name }) => !["Severity", "Kind"].includes(name)),
    rows: list.data?.items.filter((each) => each.violation_id !== violation.violation_id).slice(0, SIMILAR),
    error: list.error,
    onRetry: list.refresh,
    keyOf: (each) => each.violation_id,
    to: (each) => href(["violations", each.violation_id], { tenant: each.tenant }),
    empty: { title: "The only one", words: "No other case has broken this rule." },
  });
}
