import { html, use } from "../core/html.js";
import { usePages } from "../core/api.js";
import { words } from "../core/format.js";
import { asQuery, useRange } from "../core/range.js";
import { Count, Tag, Time } from "../ui/parts.js";
import { RangedTable } from "../ui/ranged-table.js";

const { div, span } = html;

const COLUMNS = [
  { name: "Who", cell: (entry) => div({ class: "two-lines" }, span(entry.name ?? entry.subject ?? entry.account_id), span({ class: "quiet" }, words(entry.role))) },
  { name: "What", cell: (entry) => div({ class: "two-lines" }, span({ class: "wrap mono" }, `${entry.method ?? ""} ${entry.target ?? entry.route ?? entry.path ?? ""}`), span({ class: "quiet" }, entry.kind === "change" ? "changed" : "read")) },
  { name: "Answer", rank: 2, cell: (entry) => (entry.status ? use(Tag, { kind: entry.status < 400 ? "good" : "bad" }, String(entry.status)) : span({ class: "quiet" }, "not known")) },
  { name: "Rows", align: "right", rank: 2, cell: (entry) => use(Count, { of: entry.rows }) },
  { name: "From", rank: 3, cell: (entry) => span({ class: "mono" }, entry.address ?? "") },
  { name: "When", cell: (entry) => use(Time, { at: entry.at }) },
];

/** Every read of a trail and every change: who, what, when, from where, how much. */
export function AccessLog() {
  const range = useRange();
  const list = usePages("/api/v1/access-log", asQuery(range));
  return use(RangedTable, {
    label: "Access log",
    what: "The access log",
    columns: COLUMNS,
    keyOf: (entry) => String(entry.entry_id ?? entry.at + entry.target),
    list,
    range,
    empty: { title: `Nobody looked in the ${range.words.toLowerCase()}` },
  });
}
