import { html, use } from "../core/html.js";
import { address, useAsk } from "../core/api.js";
import { count, duration, money, preciseTime, words } from "../core/format.js";
import { href } from "../core/router.js";
import { Facts } from "../ui/page.js";
import { IconButton, Id, Severity, Tag, Time } from "../ui/parts.js";
import { Json } from "../ui/json.js";
import { Shown } from "../ui/states.js";

const { aside, div, h2, h3, span, a, p, details, summary } = html;

/** Events of one time at most; they are asked for by their time. */
const AT_ONCE = 100;

/** All there is to know about a line of the timeline. Its records are loaded now. */
export function EventPanel({ run, span: line, onClose }) {
  return aside(
    { class: "panel", "aria-label": `Details of ${line.label}` },
    div({ class: "panel-head" }, div(h2(line.label), span({ class: "quiet" }, `${words(line.type)} by ${line.actor}`)), use(IconButton, { icon: "close", label: "Close details", onClick: onClose })),
    div(
      { class: "panel-body" },
      line.violations.map((violation) => use(Broken, { key: violation.violation_id, violation })),
      use(Facts, {
        kind: "compact",
        items: [
          ["Began", use(Time, { at: new Date(line.start).toISOString(), format: preciseTime })],
          ["Took", line.isOpen ? span({ class: "bad" }, "nobody answered") : line.kind === "event" ? undefined : duration(line.end - line.start)],
          ["Model took", line.lead ? duration(line.lead) : undefined],
          ["Tokens", line.tokens ? count(line.tokens) : undefined],
          ["Cost", line.cost === null ? undefined : money(line.cost)],
        ],
      }),
      line.events.map((event) => use(Record, { key: event.identity, run, event })),
    ),
  );
}

const Broken = ({ violation }) =>
  div({ class: "broken-rule" }, div(use(Severity, { of: violation.severity }), a({ href: href(["violations", violation.violation_id], { tenant: violation.tenant }) }, violation.rule_id)), p(violation.message));

/** One event as it was published. */
function Record({ run, event }) {
  const answer = useAsk(address(`/api/v1/runs/${encodeURIComponent(run.run_id)}/trail`, { tenant: run.tenant, from: event.t, limit: AT_ONCE }));
  return div(
    { class: "record" },
    div({ class: "record-head" }, h3(words(event.type)), span({ class: "mono quiet" }, `#${event.seq}`), event.status && use(Tag, { kind: ["success", "ok"].includes(event.status) ? "good" : "bad" }, event.status), event.late && use(Tag, { kind: "warn" }, "late"), event.clock_skew && use(Tag, { kind: "warn" }, "clock skew"), span({ class: "quiet" }, use(Time, { at: event.t, format: preciseTime }))),
    use(Shown, { answer, what: "The record", lines: 5 }, ({ items }) => {
      const found = items.find((item) => item.identity === event.identity);
      return found ? use(Published, { item: found }) : p({ class: "quiet" }, "The trail does not hold it (any more).");
    }),
  );
}

function Published({ item }) {
  const { payload, meta, ...rest } = item.event;
  return div(
    payload !== undefined && use(Json, { value: payload, label: "Payload" }),
    meta !== undefined && details(summary("Meta"), use(Json, { value: meta, label: "Meta" })),
    details(
      summary("Identity and log"),
      use(Facts, {
        kind: "compact",
        items: [
          ["Identity", use(Id, { of: item.identity, length: 24 })],
          ["SHA-256", use(Id, { of: item.sha256, length: 24 })],
          ["Log", `partition ${item.partition}, offset ${item.offset}`],
          ["Cost", item.cost_source ?? undefined],
          ["Also", Object.keys(rest).length ? Object.keys(rest).join(", ") : undefined],
        ],
      }),
    ),
  );
}
