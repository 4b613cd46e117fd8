import { useEffect, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ago, exact, count, money, shortId, time, utc, words } from "../core/format.js";
import { createStore, useStore } from "../core/store.js";
import { Icon } from "./icon.js";

const { span, button, time: timeTag, a, kbd } = html;

/** Ticks for everything that says how long ago something was. */
const clock = createStore(Date.now());
setInterval(() => document.hidden || clock.set(Date.now()), 10_000);

/** A time in the viewer's zone, UTC on hover; `relative` says how long ago. */
export function Time({ at, relative = false, format = time }) {
  const now = useStore(clock);
  return at
    ? timeTag({ dateTime: at, title: relative ? `${format(at)}\n${utc(at)}` : utc(at) }, relative ? ago(at, now) : format(at))
    : span({ class: "quiet" }, "–");
}

/** A count that is short to read and exact on hover. */
export const Count = ({ of }) => span({ class: "num", title: exact(of) }, count(of));

export const Money = ({ of }) => span({ class: "num", title: of ? `$${of}` : undefined }, money(of));

const SEVERITY_MARKS = { CRITICAL: "critical", ERROR: "error", WARNING: "warning", INFO: "info" };

/** How grave: told by word, form and colour. */
export const Severity = ({ of }) =>
  span({ class: `severity ${SEVERITY_MARKS[of] ?? "info"}` }, span({ class: "mark", "aria-hidden": "true" }), words(of));

/** The state of a run, a rule, a job or a backtest. */
export const Status = ({ of }) => span({ class: `status s-${String(of ?? "unknown").toLowerCase()}` }, span({ class: "dot", "aria-hidden": "true" }), words(of ?? "unknown"));

export const Tag = ({ children, kind = "" }) => span({ class: `tag ${kind}` }, children);

/** An id that copies itself. */
export function Id({ of, length = 12 }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    const timer = isCopied ? setTimeout(() => setIsCopied(false), 1_500) : undefined;
    return () => clearTimeout(timer);
  }, [isCopied]);
  return span(
    { class: "id" },
    span({ class: "mono", title: of }, shortId(of, length)),
    button(
      {
        class: "ghost tiny",
        type: "button",
        "aria-label": isCopied ? "Copied" : `Copy ${of}`,
        onClick: async (event) => {
          event.stopPropagation();
          await navigator.clipboard?.writeText(of);
          setIsCopied(true);
        },
      },
      use(Icon, { name: isCopied ? "check" : "copy", size: 13 }),
    ),
  );
}

/** A button with words; `icon` before them. */
export const Button = ({ icon, children, kind = "", ...attributes }) =>
  button({ type: "button", class: `button ${kind}`, ...attributes }, icon && use(Icon, { name: icon }), children);

/** A button that shows a picture and says its words to those who cannot see it. */
export const IconButton = ({ icon, label, kind = "", ...attributes }) =>
  button({ type: "button", class: `icon-button ${kind}`, "aria-label": label, title: label, ...attributes }, use(Icon, { name: icon }));

export const Link = ({ to, children, ...attributes }) => a({ href: to, ...attributes }, children);

export const Key = ({ children }) => kbd(children);
