import { useEffect, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ApiError, askWithStatus } from "../core/api.js";
import { words } from "../core/format.js";
import { href } from "../core/router.js";
import { Card, Note } from "../ui/page.js";
import { Severity, Status, Time } from "../ui/parts.js";
import { Failure, Lines } from "../ui/states.js";
import { Table } from "../ui/table.js";

const { div, span, a, ul, li } = html;

/** Which rules a run is judged by, how they stand, and why the others are not. The engine is asked, which takes seconds. */
export function Explanation({ run }) {
  const [answer, setAnswer] = useState({});
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const cancel = new AbortController();
    explain(run, cancel.signal).then(
      (data) => setAnswer({ data }),
      (error) => error instanceof ApiError && setAnswer({ error }),
    );
    return () => cancel.abort();
  }, [run.run_id, tries]);
  if (answer.error) {
    return use(Failure, { error: answer.error, what: "The explanation", onRetry: () => setTries((n) => n + 1) });
  }
  if (!answer.data) {
    return div(use(Note, {}, "Asking the rule engine; this takes a few seconds."), use(Lines, { n: 6 }));
  }
  const { rules, not_applied: others, as_of: asOf } = answer.data;
  return div(
    { class: "stack" },
    use(Note, {}, "As the rule engine saw it at ", use(Time, { at: asOf }), "."),
    use(Table, {
      label: "Rules that apply",
      columns: [
        { name: "Rule", cell: (rule) => div({ class: "two-lines" }, a({ href: href(["rules", rule.rule_id]) }, rule.rule_id), span({ class: "quiet" }, words(rule.template))) },
        { name: "State", cell: (rule) => use(Status, { of: rule.state }) },
        { name: "Severity", rank: 2, cell: (rule) => use(Severity, { of: rule.severity }) },
        { name: "Waits for", rank: 2, cell: (rule) => (rule.pending.length === 0 ? span({ class: "quiet" }, "nothing") : ul({ class: "plain" }, rule.pending.map((pending, i) => li({ key: i }, pending.waits_for, pending.due_at && [" until ", use(Time, { key: "due", at: pending.due_at })])))) },
      ],
      rows: rules,
      keyOf: (rule) => rule.rule_id + rule.rule_version,
      to: (rule) => href(["rules", rule.rule_id]),
      empty: { title: "No rule applies to this run" },
    }),
    others.length > 0 && use(Card, { title: "Rules that do not apply" }, ul({ class: "reasons" }, others.map((rule) => li({ key: rule.rule_id }, a({ href: href(["rules", rule.rule_id]) }, rule.rule_id), span({ class: "quiet" }, rule.reason))))),
  );
}

/** Asks until it is there: 202 says when to ask again. */
async function explain(run, signal) {
  for (;;) {
    const answer = await askWithStatus(`/api/v1/runs/${encodeURIComponent(run.run_id)}/explain`, { query: { tenant: run.tenant }, signal });
    if (answer.status !== 202) {
      return answer.body;
    }
    await new Promise((resume) => setTimeout(resume, 1_000 * (answer.retryAfterS || 1)));
  }
}
