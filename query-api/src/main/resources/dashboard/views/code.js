import { html } from "../core/html.js";

const { pre, code, span } = html;

const TOKEN = /(#.*$)|^(\s*(?:- )*)([\w-]+)(:)(?=\s|$)|("(?:\\.|[^"\\])*"|'[^']*')|\b(true|false|null|P(?:\d+D)?T?(?:\d+[HMS])+|\d+(?:\.\d+)?)\b/gm;

/** YAML in its colours: parts for a `code` element. */
export function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, comment, indent, key, colon, string] = match;
    parts.push(text.slice(end, match.index));
    if (comment) {
      parts.push(span({ class: "y-comment" }, comment));
    } else if (key) {
      parts.push(indent, span({ class: "j-key" }, key), colon);
    } else {
      parts.push(span({ class: string ? "j-text" : "j-value" }, whole));
    }
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
}

/** YAML to be read. */
export const Code = ({ text, label }) => pre({ class: "code", tabIndex: 0, role: "region", "aria-label": label }, code(coloured(text)));
