import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ask, usePages } from "../core/api.js";
import { bytes, words } from "../core/format.js";
import { asQuery, useRange } from "../core/range.js";
import { setQuery } from "../core/router.js";
import { may } from "../core/session.js";
import { Choice, Segments } from "../ui/fields.js";
import { Dialog } from "../ui/dialog.js";
import { Facts } from "../ui/page.js";
import { Button, Tag, Time } from "../ui/parts.js";
import { RangedTable } from "../ui/ranged-table.js";

const { div, span, button, pre, p } = html;

const REASONS = ["not_json", "not_an_event", "missing_field", "bad_time", "too_large", "store_refused"];

/** What no job could read: why, its bytes, and another try once the cause is gone. */
export function DeadLetters({ query }) {
  const range = useRange();
  const [open, setOpen] = useState(undefined);
  const list = usePages("/api/v1/dead-letters", { ...asQuery(range), reason: query.reason, tenant: undefined });
  const seen = [...new Set([...(list.items ?? []).map((letter) => letter.reason), query.reason].filter(Boolean))];
  return div(
    { class: "stack" },
    div({ class: "filters" }, use(Choice, { name: "Reason", value: query.reason, options: [["", "Any reason"], ...(seen.length ? seen : REASONS.slice(0, 1)).map((reason) => [reason, words(reason)])], onChange: (reason) => setQuery({ reason }) })),
    use(RangedTable, {
      label: "Dead letters",
      columns: [
        { name: "Reason", cell: (letter) => div({ class: "two-lines" }, button({ type: "button", class: "link", onClick: () => setOpen(letter) }, words(letter.reason)), span({ class: "quiet clamp" }, letter.detail)) },
        { name: "Job", rank: 2, cell: (letter) => letter.job.replace("waymark-", "") },
        { name: "Log", rank: 3, cell: (letter) => span({ class: "mono" }, `${letter.partition}:${letter.offset}`) },
        { name: "Size", align: "right", rank: 2, cell: (letter) => span({ class: "num" }, bytes(letter.raw_bytes)) },
        { name: "Came", cell: (letter) => use(Time, { at: letter.detected_at }) },
      ],
      keyOf: (letter) => `${letter.topic}/${letter.partition}/${letter.offset}/${letter.job}`,
      onOpen: setOpen,
      list,
      range,
      empty: { title: "Everything could be read", words: `No dead letter came in the ${range.words.toLowerCase()}.` },
    }),
    open && use(Letter, { letter: open, onClose: () => setOpen(undefined) }),
  );
}

function Letter({ letter, onClose }) {
  const [form, setForm] = useState(letter.raw_text === null ? "bytes" : "text");
  return use(
    Dialog,
    { title: words(letter.reason), onClose, kind: "wide" },
    p(letter.detail),
    use(Facts, { kind: "compact", items: [["Job", letter.job], ["Log", `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}`], ["Came", use(Time, { at: letter.detected_at })], ["Size", bytes(letter.raw_bytes)]] }),
    div({ class: "row-between" }, use(Segments, { name: "Shown as", value: form, onChange: setForm, options: [...(letter.raw_text === null ? [] : [["text", "Text"]]), ["bytes", "Bytes"]] }), letter.raw_truncated && use(Tag, { kind: "warn" }, "only its beginning")),
    pre({ class: "code", tabIndex: 0, role: "region", "aria-label": "The record" }, form === "text" ? letter.raw_text : hexOf(letter.raw_base64)),
    may("operate") && use(Redrive, { letter }),
  );
}

/** Sends the record once more, after asking. */
function Redrive({ letter }) {
  const [state, setState] = useState({});
  const send = async () => {
    setState({ isBusy: true });
    try {
      const receipt = await ask("/api/v1/dead-letters/redrive", { method: "POST", query: { topic: letter.topic, partition: letter.partition, offset: letter.offset } });
      setState({ said: receipt.duplicates ? "It was accepted before; nothing was sent." : "Accepted. It is in the log again, and in the trail within seconds." });
    } catch (error) {
      setState({ problem: error.message });
    }
  };
  return div(
    { class: "applying" },
    state.isAsked
      ? div({ class: "applying-buttons" }, use(Button, { kind: "primary", disabled: state.isBusy, onClick: send }, "Yes, publish it anew"), use(Button, { onClick: () => setState({}) }, "No"))
      : use(Button, { icon: "refresh", disabled: state.isBusy || state.said, onClick: () => setState({ isAsked: true }) }, "Re-drive"),
    p({ class: "quiet small" }, "Publishes the same bytes through the same checks as any event. What would be refused again is not sent."),
    state.said && p({ class: "note good", role: "status" }, state.said),
    state.problem && p({ class: "note bad", role: "alert" }, state.problem),
  );
}

const LINE = 16;
const SHOWN_BYTES = 4_096;

/** Offset, bytes, letters. */
function hexOf(base64) {
  const raw = Uint8Array.from(atob(base64).slice(0, SHOWN_BYTES), (letter) => letter.charCodeAt(0));
  const lines = [];
  for (let at = 0; at < raw.length; at += LINE) {
    const part = [...raw.slice(at, at + LINE)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(LINE * 3)} ${part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : "·")).join("")}`);
  }
  return lines.join("\n");
}
