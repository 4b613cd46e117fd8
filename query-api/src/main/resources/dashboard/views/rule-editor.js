import { useEffect, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ApiError, ask, refreshes } from "../core/api.js";
import { plural, shortId } from "../core/format.js";
import { Card } from "../ui/page.js";
import { Button, Tag } from "../ui/parts.js";
import { Backtest } from "./backtest.js";
import { CodeEditor } from "./code-editor.js";
import { lineOf } from "./yaml.js";

const { div, ul, li, button, p, span } = html;
const PAUSE_MS = 300;

/** Writes a rule: checked while one types, tried on what is stored, put into shadow or into force. */
export function RuleEditor({ initial, current }) {
  const [text, setText] = useState(initial);
  const [line, setLine] = useState(undefined);
  const validation = useValidation(text);
  const problems = (validation.result?.problems ?? []).map((problem) => ({ ...problem, line: lineOf(text, problem) }));
  const isValid = validation.result?.valid === true && !validation.isChecking;
  return div(
    { class: "columns even" },
    use(
      Card,
      { title: "Rule set", hint: "YAML, checked as you type", actions: use(Verdict, { validation, problems }), kind: "editor-card" },
      use(CodeEditor, { text, onChange: setText, problems, line, label: "Rule set" }),
      problems.length > 0 &&
        ul(
          { class: "problems", "aria-label": "Problems" },
          problems.map((problem) => li({ key: problem.path + problem.message }, button({ type: "button", onClick: () => setLine({ at: problem.line }) }, span({ class: "mono" }, `Line ${problem.line}`), span(problem.path && span({ class: "mono" }, `${problem.path}: `), problem.message)))),
        ),
      use(Applying, { validation, isValid, current }),
    ),
    use(Backtest, { text, isValid }),
  );
}

function Verdict({ validation, problems }) {
  const said = validation.error ? ["bad", validation.error.isUnavailable ? "Cannot be checked here" : validation.error.message] : validation.isChecking ? ["", "Checking…"] : problems.length > 0 ? ["bad", plural(problems.length, "problem")] : validation.result ? ["good", "No problems"] : ["", ""];
  return span({ role: "status" }, use(Tag, { kind: said[0] }, said[1]));
}

/** Asks what is wrong with a text when one stops typing. */
function useValidation(text) {
  const [state, setState] = useState({ result: undefined, error: undefined, isChecking: true });
  useEffect(() => {
    const cancel = new AbortController();
    setState((before) => ({ ...before, isChecking: true }));
    const timer = setTimeout(() => {
      ask("/api/v1/rules/validate", { method: "POST", body: text, type: "application/yaml", signal: cancel.signal }).then(
        (result) => setState({ result, error: undefined, isChecking: false }),
        (error) => error instanceof ApiError && setState({ result: undefined, error, isChecking: false }),
      );
    }, PAUSE_MS);
    return () => {
      cancel.abort();
      clearTimeout(timer);
    };
  }, [text]);
  return state;
}

/** Brings the text into force, or lets it watch without telling anybody. */
function Applying({ validation, isValid, current }) {
  const [state, setState] = useState({});
  const rules = validation.result?.rules ?? [];
  const isSame = rules.length === 1 && current && rules[0].version === current.rule_version;
  const apply = async (mode) => {
    setState({ isBusy: true });
    try {
      const applied = await ask("/api/v1/rules", { method: "POST", body: inMode(rules, mode) });
      setState({ said: applied.changed.length === 0 ? "That is in force already." : `${applied.changed.map((each) => `${each.rule_id} no. ${each.number}`).join(", ")} published. The validation job has it within seconds.` });
      setTimeout(() => refreshes.set((n) => n + 1), 2_000);
    } catch (error) {
      setState({ problem: error.message });
    }
  };
  return div(
    { class: "applying" },
    div(
      { class: "applying-buttons" },
      use(Button, { kind: "primary", disabled: !isValid || state.isBusy, onClick: () => apply("active") }, "Bring into force"),
      use(Button, { disabled: !isValid || state.isBusy, onClick: () => apply("shadow") }, "Run in shadow"),
      current && use(Button, { disabled: !isValid || state.isBusy, onClick: () => apply("disabled") }, "Disable"),
    ),
    p({ class: "quiet small" }, isSame ? "This is the version that is known." : rules.length > 0 ? `Would be version ${rules.map((rule) => shortId(rule.version, 8)).join(", ")}. A shadow rule judges and counts, and reports no violations.` : "A shadow rule judges and counts, and reports no violations."),
    state.said && p({ class: "note good", role: "status" }, state.said),
    state.problem && p({ class: "note bad", role: "alert" }, state.problem),
  );
}

/** The same rules in that mode: as they were understood, so that no way of writing them matters. */
const inMode = (rules, mode) => ({ version: 1, rules: rules.map((rule) => ({ ...rule.definition, mode })) });
