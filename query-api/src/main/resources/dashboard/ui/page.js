import { useEffect, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { refreshes } from "../core/api.js";
import { RANGES, setCustomRange, setRange, useRange } from "../core/range.js";
import { route } from "../core/router.js";
import { useStore } from "../core/store.js";
import { IconButton } from "./parts.js";
import { Icon } from "./icon.js";

const { div, header, h1, nav, a, span, select, option, label, input, section, h2, p } = html;

/**
 * The frame of a view: where one is, what it is called, what can be done.
 * @param {{title: any, name?: string, crumbs?: [string, string][], actions?: any, hasRange?: boolean, children: any, kind?: string}} properties
 *   name: for the browser's title where `title` is more than text; crumbs: words and address
 */
export function Page({ title, name, crumbs = [], actions, hasRange = false, children, kind = "" }) {
  const said = name ?? title;
  useEffect(() => {
    document.title = `${said} · Waymark`;
  }, [said]);
  return div(
    { class: `page ${kind}` },
    header(
      { class: "page-head" },
      div(
        { class: "page-title" },
        crumbs.length > 0 && nav({ class: "crumbs", "aria-label": "Where you are" }, crumbs.map(([words, to]) => span({ key: words }, a({ href: to }, words), use(Icon, { name: "right", size: 12 })))),
        h1(title),
      ),
      div({ class: "page-actions" }, actions, hasRange && use(RangeChoice), use(IconButton, { icon: "refresh", label: "Load anew", onClick: () => refreshes.set((n) => n + 1) })),
    ),
    children,
  );
}

/** A part of a view under a heading of its own. */
export const Card = ({ title, hint, actions, children, kind = "" }) =>
  section(
    { class: `card ${kind}` },
    title && header({ class: "card-head" }, h2(title), hint && span({ class: "quiet" }, hint), actions && div({ class: "card-actions" }, actions)),
    children,
  );

/** Which stretch of time is looked at. */
function RangeChoice() {
  const range = useRange();
  const { query } = useStore(route);
  const [isCustom, setIsCustom] = useState(range.name === "custom");
  const change = (event) => {
    const name = event.target.value;
    setIsCustom(name === "custom");
    if (name !== "custom") {
      setRange(name);
    }
  };
  return div(
    { class: "range" },
    label(
      { class: "choice range-choice" },
      use(Icon, { name: "clock", size: 14 }),
      span({ class: "unseen" }, "Range of time"),
      select({ value: isCustom ? "custom" : range.name, onChange: change }, RANGES.map(([name, words]) => option({ key: name, value: name }, words)), option({ value: "custom" }, "Custom range…")),
    ),
    isCustom &&
      div(
        { class: "range-ends" },
        use(End, { words: "From", value: query.from, onChange: (from) => setCustomRange(from, query.to) }),
        use(End, { words: "To", value: query.to, onChange: (to) => setCustomRange(query.from, to) }),
      ),
  );
}

const End = ({ words, value, onChange }) =>
  label(
    span({ class: "unseen" }, words),
    input({
      type: "datetime-local",
      value: value ? localOf(value) : "",
      onChange: (event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : ""),
    }),
  );

function localOf(iso) {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Words and values, one below the other. @param {{items: [string, any][]}} properties */
export const Facts = ({ items, kind = "" }) =>
  html.dl({ class: `facts ${kind}` }, items.filter(([, value]) => value !== undefined && value !== null && value !== "").map(([words, value]) => div({ key: words }, html.dt(words), html.dd(value))));

export const Note = ({ children, kind = "" }) => p({ class: `note ${kind}` }, children);
