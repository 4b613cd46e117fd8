import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { Button } from "./parts.js";

const { pre, code, span, div } = html;

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const SHOWN_CHARS = 20_000;

/** JSON to be read: indented, with its kinds told apart. */
export function Json({ value, label = "JSON" }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? text : text.slice(0, SHOWN_CHARS);
  return div(
    { class: "code-frame" },
    pre({ class: "code", tabIndex: 0, "aria-label": label, role: "region" }, code(coloured(shown))),
    shown.length < text.length && use(Button, { onClick: () => setIsWhole(true) }, `Show all ${text.length} characters`),
  );
}

function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, match.index));
    const [whole, string, colon] = match;
    if (string) {
      parts.push(span({ class: colon ? "j-key" : "j-text" }, string), colon ?? "");
    } else {
      parts.push(span({ class: "j-value" }, whole));
    }
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
}
