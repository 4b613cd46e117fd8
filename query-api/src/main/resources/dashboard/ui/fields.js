import { useEffect, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { Icon } from "./icon.js";

const { label, select, option, span, input, div, button } = html;

/** One of a few. @param {{name: string, value: string, options: [string, string][], onChange: (value: string) => void}} properties */
export const Choice = ({ name, value, options, onChange }) =>
  label(
    { class: `choice ${value ? "set" : ""}` },
    span({ class: "choice-name" }, name),
    select({ value: value ?? "", onChange: (event) => onChange(event.target.value) }, options.map(([of, words]) => option({ key: of, value: of }, words))),
  );

/** Text that becomes a filter when one stops typing. */
export function TextFilter({ name, value, onChange, placeholder, list, id }) {
  const [typed, setTyped] = useState(value ?? "");
  useEffect(() => setTyped(value ?? ""), [value]);
  useEffect(() => {
    if (typed === (value ?? "")) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(typed), 350);
    return () => clearTimeout(timer);
  }, [typed]);
  return label(
    { class: `text-filter ${value ? "set" : ""}` },
    span({ class: "unseen" }, name),
    use(Icon, { name: "search", size: 14 }),
    input({ type: "search", id, value: typed, placeholder: placeholder ?? name, onInput: (event) => setTyped(event.target.value), list, autocomplete: "off", spellcheck: false }),
  );
}

/** Some of a few, side by side. */
export const Segments = ({ name, value, options, onChange }) =>
  div(
    { class: "segments", role: "group", "aria-label": name },
    options.map(([of, words]) => button({ key: of, type: "button", class: "segment", "aria-pressed": String(value === of), onClick: () => onChange(of) }, words)),
  );

/** A row of pages of one thing; each an address. */
export const Tabs = ({ name, tabs, value, hrefOf }) =>
  html.nav(
    { class: "tabs", "aria-label": name },
    tabs.map(([of, words, n]) =>
      html.a({ key: of, href: hrefOf(of), class: "tab", "aria-current": value === of ? "page" : undefined }, words, n !== undefined && span({ class: "tab-count" }, n)),
    ),
  );
