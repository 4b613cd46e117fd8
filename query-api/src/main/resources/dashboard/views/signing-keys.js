import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ask, useAsk } from "../core/api.js";
import { may } from "../core/session.js";
import { Dialog } from "../ui/dialog.js";
import { Button, Id, Status, Time } from "../ui/parts.js";
import { Table } from "../ui/table.js";
import { FormDialog } from "./form-dialog.js";

const { div, p, code } = html;

const OVERLAPS = [["", "They go on"], ["86400", "They sign for one day yet"], ["604800", "They sign for a week yet"], ["0", "They end now"]];

const stateOf = (key) => (key.revoked_at ? "revoked" : key.not_after && Date.parse(key.not_after) < Date.now() ? "expired" : "active");

/** Keys that agents sign their events with. A key is seen once, when it is made. */
export function SigningKeys() {
  const keys = useAsk("/api/v1/signing-keys", { limit: 200 });
  const [dialog, setDialog] = useState(undefined);
  const [made, setMade] = useState(undefined);
  const [problem, setProblem] = useState(undefined);
  const change = async (path, method, body) => {
    try {
      setMade(await ask(path, { method, body }).then((answer) => (answer?.secret ? answer : undefined)));
      setProblem(undefined);
      keys.refresh();
    } catch (error) {
      setProblem(error.message);
    }
  };
  const add = ({ tenant, overlap_seconds }) => change("/api/v1/signing-keys", "POST", { tenant, ...(overlap_seconds && { overlap_seconds: Number(overlap_seconds) }) });
  const revoke = () => {
    change(`/api/v1/signing-keys/${encodeURIComponent(dialog.key_id)}`, "DELETE");
    setDialog(undefined);
  };
  return div(
    { class: "stack" },
    may("manage-accounts") && div({ class: "filters" }, use(Button, { icon: "plus", kind: "primary", disabled: Boolean(keys.error), onClick: () => setDialog("new") }, "New signing key")),
    problem && p({ class: "note bad", role: "alert" }, problem),
    use(Table, {
      label: "Signing keys",
      columns: [
        { name: "Key", cell: (key) => use(Id, { of: key.key_id, length: 24 }) },
        { name: "State", cell: (key) => use(Status, { of: stateOf(key) }) },
        { name: "Tenant", rank: 2, cell: (key) => key.tenant },
        { name: "Since", rank: 2, cell: (key) => use(Time, { at: key.created_at }) },
        { name: "Signs until", rank: 3, cell: (key) => use(Time, { at: key.not_after }) },
        { name: "Do", align: "right", cell: (key) => may("manage-accounts") && stateOf(key) === "active" && use(Button, { kind: "small danger", onClick: () => setDialog(key) }, "Revoke") },
      ],
      rows: keys.data?.items,
      keyOf: (key) => key.key_id,
      error: keys.error,
      onRetry: keys.refresh,
      empty: { title: "No signing keys yet", words: "With one, an agent proves that an event is its own and unchanged." },
    }),
    dialog === "new" &&
      use(FormDialog, {
        title: "New signing key",
        fields: [
          { name: "tenant", words: "Tenant, if not your own" },
          { name: "overlap_seconds", words: "The keys there are", options: OVERLAPS },
        ],
        action: "Make the key",
        onClose: () => setDialog(undefined),
        onSubmit: add,
      }),
    dialog?.key_id && use(Dialog, { title: "Revoke this signing key?", onClose: () => setDialog(undefined) }, p("Events that it signs count as unsigned from now on. That cannot be undone."), use(Button, { kind: "danger", onClick: revoke }, "Revoke")),
    made && use(Dialog, { title: "The new signing key", onClose: () => setMade(undefined) }, p("It is shown once. Copy it now."), div({ class: "secret" }, code(made.secret)), p({ class: "quiet" }, "Key id ", code(made.key.key_id))),
  );
}
