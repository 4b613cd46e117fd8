import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { usePages } from "../core/api.js";
import { asQuery, useRange } from "../core/range.js";
import { setQuery } from "../core/router.js";
import { Dialog } from "../ui/dialog.js";
import { TextFilter } from "../ui/fields.js";
import { Json } from "../ui/json.js";
import { Facts } from "../ui/page.js";
import { Id, Time } from "../ui/parts.js";
import { RangedTable } from "../ui/ranged-table.js";

const { button, div, h3, p, section, span } = html;

/** Records that say they are an event which was there already, and say something else. */
export function Conflicts({ query }) {
  const range = useRange();
  const [open, setOpen] = useState(undefined);
  const list = usePages("/api/v1/conflicts", { ...asQuery(range), agent: query.agent });
  return div(
    { class: "stack" },
    div({ class: "filters" }, use(TextFilter, { name: "Agent", value: query.agent, placeholder: "Agent, exactly", onChange: (agent) => setQuery({ agent }) })),
    use(RangedTable, {
      label: "Conflicts",
      columns: [
        { name: "Event", cell: (conflict) => div({ class: "two-lines" }, button({ type: "button", class: "link", onClick: () => setOpen(conflict) }, conflict.identity), span({ class: "quiet" }, conflict.run_id)) },
        { name: "Agent", rank: 2, cell: (conflict) => conflict.agent_id },
        { name: "Log", rank: 3, cell: ({ conflicting }) => span({ class: "mono" }, `${conflicting.partition}:${conflicting.offset}`) },
        { name: "Came", cell: (conflict) => use(Time, { at: conflict.detected_at }) },
      ],
      keyOf: ({ tenant, run_id, identity, conflicting }) => `${tenant}/${run_id}/${identity}/${conflicting.partition}:${conflicting.offset}`,
      onOpen: setOpen,
      list,
      range,
      empty: { title: "No event has two versions", words: `Nobody told an event twice and differently in the ${range.words.toLowerCase()}.` },
    }),
    open &&
      use(
        Dialog,
        { title: `Two versions of ${open.identity}`, onClose: () => setOpen(undefined), kind: "wide" },
        use(Version, { title: "Kept: it came first and stands in the trail", version: open.kept }),
        use(Version, { title: "Conflicting: it came later", version: open.conflicting }),
      ),
  );
}

const Version = ({ title, version }) =>
  section(
    h3(title),
    version
      ? [
          use(Facts, { kind: "compact", items: [["Of", use(Time, { at: version.t })], ["Log", `partition ${version.partition}, offset ${version.offset}`], ["SHA-256", use(Id, { of: version.sha256, length: 24 })]] }),
          use(Json, { value: version.event, label: title }),
        ]
      : p({ class: "quiet" }, "The trail does not hold it (yet)."),
  );
