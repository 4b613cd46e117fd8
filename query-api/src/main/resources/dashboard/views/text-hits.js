import { html, use } from "../core/html.js";
import { usePages } from "../core/api.js";
import { shortId } from "../core/format.js";
import { asQuery } from "../core/range.js";
import { href } from "../core/router.js";
import { Time } from "../ui/parts.js";
import { RangedTable } from "../ui/ranged-table.js";

const { div, span, a } = html;

const to = (hit) => href(["runs", hit.run_id], { tenant: hit.tenant, seq: hit.seq });

const COLUMNS = [
  { name: "Run", cell: (hit) => div({ class: "two-lines" }, a({ href: to(hit), class: "mono", title: hit.run_id }, shortId(hit.run_id, 18)), span({ class: "quiet" }, `event ${hit.seq}`)) },
  { name: "Text", cell: (hit) => span({ class: "clamp" }, hit.snippet ?? hit.text ?? hit.type ?? "") },
  { name: "At", rank: 2, cell: (hit) => use(Time, { at: hit.t }) },
];

/** Events whose records hold a text. */
export function TextHits({ text, range, agent }) {
  const list = usePages("/api/v1/search", { ...asQuery(range), q: text, agent });
  return use(RangedTable, {
    label: "Events with that text",
    what: "Text search",
    columns: COLUMNS,
    list,
    range,
    keyOf: (hit) => `${hit.tenant}/${hit.run_id}/${hit.seq}/${hit.identity}`,
    to,
    empty: { title: "No event holds that text", words: range.words },
  });
}
