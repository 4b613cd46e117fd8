import { useEffect, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ApiError, address, ask, ofTenant, useAsk } from "../core/api.js";
import { count, percent, plural } from "../core/format.js";
import { RANGES, rangeOf } from "../core/range.js";
import { href } from "../core/router.js";
import { Choice, TextFilter } from "../ui/fields.js";
import { Card } from "../ui/page.js";
import { Button, Severity, Status, Time } from "../ui/parts.js";
import { Empty, Shown } from "../ui/states.js";
import { Table } from "../ui/table.js";

const { div, p, progress, table, thead, tbody, tr, th, td, caption, a, span } = html;
const POLL_MS = 1_000;
const LISTED = 100;
const ACTIVE = ["queued", "running"];

/** What the text would have flagged: a job over the stored trail, its progress and its result. */
export function Backtest({ text, isValid }) {
  const [range, setRange] = useState("7d");
  const [agent, setAgent] = useState("");
  const [test, setTest] = useState(undefined);
  const [problem, setProblem] = useState(undefined);
  usePolling(test, setTest);
  const begin = async () => {
    setProblem(undefined);
    try {
      const { from } = rangeOf({ range });
      setTest(await ask("/api/v1/rules/backtest", { method: "POST", body: text, type: "application/yaml", query: { ...ofTenant(), from, agent } }));
    } catch (error) {
      setProblem(error.status === 503 ? `A backtest is a Flink job: ${error.message}` : error.message);
    }
  };
  const cancel = async () => setTest(await ask(`/api/v1/rules/backtest/${test.backtest_id}`, { method: "DELETE" }));
  const isActive = test && ACTIVE.includes(test.state);
  return use(
    Card,
    { title: "Backtest", hint: "what it would have flagged", actions: test && use(Status, { of: test.state }) },
    div(
      { class: "filters" },
      use(Choice, { name: "Range", value: range, options: RANGES.slice(3).map(([name, words]) => [name, words]), onChange: setRange }),
      use(TextFilter, { name: "Agent", value: agent, placeholder: "All agents", onChange: setAgent }),
      isActive ? use(Button, { onClick: cancel }, "Cancel") : use(Button, { kind: "primary", disabled: !isValid, onClick: begin }, "Try it"),
    ),
    problem && p({ class: "note bad", role: "alert" }, problem),
    !test && !problem && use(Empty, { title: "Not tried yet", icon: "clock" }, "It judges the stored events by this text and by the rule in force, and shows where they differ. Nothing changes."),
    isActive && use(Progress, { test }),
    test?.error && p({ class: "note bad", role: "alert" }, test.error),
    test?.rules && use(Result, { test }),
  );
}

/** Asks how far it is until it is over. */
function usePolling(test, setTest) {
  useEffect(() => {
    if (!test || !ACTIVE.includes(test.state)) {
      return undefined;
    }
    const timer = setTimeout(() => {
      ask(`/api/v1/rules/backtest/${test.backtest_id}`).then(setTest, (error) => error instanceof ApiError && setTest({ ...test }));
    }, POLL_MS);
    return () => clearTimeout(timer);
  }, [test]);
}

function Progress({ test }) {
  const { events_read: read, events_total: total } = test.progress;
  return div(
    { class: "pad", role: "status" },
    progress({ class: "bar", max: total ?? 1, value: total ? read : undefined, "aria-label": "Progress" }),
    p({ class: "quiet" }, test.state === "queued" ? "Waits for a free slot of Flink." : total ? `${count(read)} of ${plural(total, "event")}` : "Counting the events…"),
  );
}

function Result({ test }) {
  return div(
    { class: "stack" },
    test.rules.map((rule) =>
      div(
        { key: rule.rule_id, class: "table-frame" },
        table(
          { class: "outcomes" },
          caption({ class: "unseen" }, `Outcomes of ${rule.rule_id}`),
          thead(tr(th({ scope: "col" }, rule.rule_id), th({ scope: "col", class: "right" }, "This text"), th({ scope: "col", class: "right" }, "In force"))),
          tbody(
            OUTCOMES.map(([of, words]) => tr({ key: of }, th({ scope: "row" }, words), td({ class: "right num" }, count(rule.draft[of])), td({ class: "right num" }, rule.live ? count(rule.live[of]) : "–"))),
            tr(th({ scope: "row" }, "Broken, of judged"), td({ class: "right num" }, rateOf(rule.draft)), td({ class: "right num" }, rule.live ? rateOf(rule.live) : "–")),
          ),
        ),
        div({ class: "difference" }, use(Part, { n: rule.difference.only_draft, words: "only by this text", kind: "draft" }), use(Part, { n: rule.difference.both, words: "by both", kind: "both" }), use(Part, { n: rule.difference.only_live, words: "only by the rule in force", kind: "live" })),
      ),
    ),
    use(FoundBy, { test }),
  );
}

const OUTCOMES = [["cases", "Cases"], ["held", "Held"], ["vacuous", "Nothing called for it"], ["broken", "Broken"], ["violations", "Violations"]];

const rateOf = ({ held, vacuous, broken }) => percent(held + vacuous + broken ? broken / (held + vacuous + broken) : null);

const Part = ({ n, words, kind }) => span({ class: `difference-part ${kind}` }, span({ class: "num" }, count(n)), ` ${words}`);

/** The violations themselves. */
function FoundBy({ test }) {
  const answer = useAsk(address(`/api/v1/rules/backtest/${test.backtest_id}/violations`, { limit: LISTED }), {}, { tenantless: true });
  return use(Shown, { answer, what: "Its violations", lines: 4 }, ({ items }) =>
    use(Table, {
      label: "Violations that the backtest found",
      columns: [
        { name: "Violation", cell: ({ violation }) => div({ class: "two-lines" }, a({ href: toRun(violation) }, violation.rule_id), span({ class: "quiet clamp" }, violation.message)) },
        { name: "Found by", cell: (each) => span({ class: `difference-part ${each.found_by}` }, { draft: "this text", live: "in force", both: "both" }[each.found_by]) },
        { name: "Severity", rank: 3, cell: ({ violation }) => use(Severity, { of: violation.severity }) },
        { name: "At", rank: 2, cell: ({ violation }) => use(Time, { at: violation.t }) },
      ],
      rows: items,
      keyOf: (each) => each.found_by + each.violation.violation_id,
      to: ({ violation }) => toRun(violation),
      empty: { title: "It would have flagged nothing", icon: "check" },
    }),
  );
}

const toRun = (violation) => (violation.run_id ? href(["runs", violation.run_id], { tenant: violation.tenant, seq: violation.evidence[0]?.seq }) : href(["violations"], { rule: violation.rule_id }));
