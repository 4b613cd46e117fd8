import { useEffect, useRef } from "preact/hooks";
import { html } from "../core/html.js";
import { coloured } from "./code.js";

const { div, pre, code, textarea, span } = html;
const INDENT = "  ";

/**
 * Text with line numbers, colours, and problems at their lines. A text area that lies over its coloured copy: everything a
 * browser knows of text areas works.
 * @param {{text: string, onChange: (text: string) => void, problems: {line: number, message: string}[], line?: {at: number}, label: string}} properties
 *   line: to go to
 */
export function CodeEditor({ text, onChange, problems, line, label }) {
  const area = useRef(null);
  const lines = text.split("\n");
  const wrong = new Map(problems.map((problem) => [problem.line, problem.message]));
  useEffect(() => {
    if (line) {
      const start = lines.slice(0, line.at - 1).join("\n").length + (line.at > 1 ? 1 : 0);
      area.current.focus();
      area.current.setSelectionRange(start, start + (lines[line.at - 1]?.length ?? 0));
    }
  }, [line]);
  const onKeyDown = (event) => {
    // Escape, then Tab, leaves: those without a mouse must get out.
    if (event.key === "Escape") {
      area.current.blur();
    } else if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      area.current.setRangeText(INDENT, area.current.selectionStart, area.current.selectionEnd, "end");
      onChange(area.current.value);
    }
  };
  return div(
    { class: "code-editor" },
    div({ class: "gutter", "aria-hidden": "true" }, lines.map((_, i) => span({ key: i, class: wrong.has(i + 1) ? "wrong" : "", title: wrong.get(i + 1) }, i + 1))),
    div(
      { class: "code-layers" },
      pre({ class: "code-under", "aria-hidden": "true" }, code(coloured(text)), "\n"),
      div({ class: "code-marks", "aria-hidden": "true" }, lines.map((_, i) => span({ key: i, class: wrong.has(i + 1) ? "wrong" : "" }))),
      textarea({ ref: area, value: text, onInput: (event) => onChange(event.target.value), onKeyDown, "aria-label": `${label}; Escape leaves the field`, "aria-invalid": String(problems.length > 0), spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off" }),
    ),
  );
}
