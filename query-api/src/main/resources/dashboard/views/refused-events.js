import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { useAsk, usePages } from "../core/api.js";
import { plural } from "../core/format.js";
import { asQuery, useRange } from "../core/range.js";
import { href, setQuery } from "../core/router.js";
import { Dialog } from "../ui/dialog.js";
import { TextFilter } from "../ui/fields.js";
import { Json } from "../ui/json.js";
import { Facts } from "../ui/page.js";
import { Id, Severity, Time } from "../ui/parts.js";
import { Shown } from "../ui/states.js";
import { RangedTable } from "../ui/ranged-table.js";

const { a, button, div, p, span } = html;

/** Events that the checks at the doors did not let in: in no trail, but not forgotten. */
export function RefusedEvents({ query }) {
  const range = useRange();
  const [open, setOpen] = useState(undefined);
  const list = usePages("/api/v1/refused-events", { ...asQuery(range), agent: query.agent });
  return div(
    { class: "stack" },
    div({ class: "filters" }, use(TextFilter, { name: "Agent", value: query.agent, placeholder: "Agent, exactly", onChange: (agent) => setQuery({ agent }) })),
    use(RangedTable, {
      label: "Refused events",
      columns: [
        { name: "Event", cell: (event) => div({ class: "two-lines" }, button({ type: "button", class: "link", onClick: () => setOpen(event) }, event.identity), span({ class: "quiet" }, event.run_id)) },
        { name: "Agent", rank: 2, cell: (event) => event.agent_id },
        { name: "Why", cell: (event) => plural(event.violation_ids.length, "finding") },
        { name: "Refused", cell: (event) => use(Time, { at: event.refused_at }) },
      ],
      keyOf: (event) => `${event.tenant}/${event.run_id}/${event.identity}/${event.sha256}`,
      onOpen: setOpen,
      list,
      range,
      empty: { title: "Nothing was refused", words: `Every event that came in the ${range.words.toLowerCase()} passed the checks at the doors.` },
    }),
    open && use(Refused, { event: open, onClose: () => setOpen(undefined) }),
  );
}

const Refused = ({ event, onClose }) =>
  use(
    Dialog,
    { title: "Refused event", onClose, kind: "wide" },
    event.violation_ids.map((id) => use(Finding, { key: id, id, tenant: event.tenant })),
    use(Facts, {
      kind: "compact",
      items: [
        ["Run", use(Id, { of: event.run_id, length: 24 })],
        ["Agent", event.agent_id],
        ["Identity", use(Id, { of: event.identity, length: 24 })],
        ["Of", use(Time, { at: event.t })],
        ["Refused", use(Time, { at: event.refused_at })],
        ["SHA-256", use(Id, { of: event.sha256, length: 24 })],
      ],
    }),
    use(Json, { value: event.event, label: "The event, personal data and secrets replaced" }),
  );

function Finding({ id, tenant }) {
  const answer = useAsk(`/api/v1/violations/${encodeURIComponent(id)}`, {}, { tenantless: true });
  return use(Shown, { answer, what: "The finding", lines: 2 }, (violation) =>
    div({ class: "broken-rule" }, div(use(Severity, { of: violation.severity }), a({ href: href(["violations", id], { tenant }) }, violation.rule_id)), p(violation.message)),
  );
}
