import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ask, useAsk } from "../core/api.js";
import { words } from "../core/format.js";
import { Dialog } from "../ui/dialog.js";
import { Button, Id, Status, Tag, Time } from "../ui/parts.js";
import { Table } from "../ui/table.js";
import { FormDialog } from "./form-dialog.js";

const { div, span, p, code } = html;

const ROLES = ["agent", "viewer", "analyst", "policy_author", "compliance_officer", "admin"].map((role) => [role, words(role)]);

const stateOf = (key) => (key.revoked_at ? "revoked" : key.expires_at && Date.parse(key.expires_at) < Date.now() ? "expired" : "active");

/** Keys of agents and applications: made, rotated, revoked. A key is seen once, when it is made. */
export function ApiKeys() {
  const keys = useAsk("/api/v1/keys", { limit: 200 });
  const [dialog, setDialog] = useState(undefined);
  const [made, setMade] = useState(undefined);
  const [problem, setProblem] = useState(undefined);
  const change = async (path, method, options) => {
    try {
      const answer = await ask(path, { method, ...options });
      if (answer?.api_key) {
        setMade(answer.api_key);
      }
      setProblem(undefined);
      keys.refresh();
    } catch (error) {
      setProblem(error.message);
    }
  };
  return div(
    { class: "stack" },
    div({ class: "filters" }, use(Button, { icon: "plus", kind: "primary", disabled: Boolean(keys.error), onClick: () => setDialog("new") }, "New key")),
    problem && p({ class: "note bad", role: "alert" }, problem),
    use(Table, {
      label: "API keys",
      columns: [
        { name: "Key", cell: (key) => div({ class: "two-lines" }, span({ class: "mono" }, key.account_id), use(Id, { of: key.key_id })) },
        { name: "State", cell: (key) => use(Status, { of: stateOf(key) }) },
        { name: "Role", rank: 2, cell: (key) => use(Tag, {}, words(key.role)) },
        { name: "Agent", rank: 3, cell: (key) => key.agent_id ?? "any" },
        { name: "Last used", rank: 2, cell: (key) => use(Time, { at: key.last_used_at, relative: true }) },
        {
          name: "Do",
          align: "right",
          cell: (key) =>
            stateOf(key) === "active" &&
            div({ class: "row-actions" }, use(Button, { kind: "small", onClick: () => change(`/api/v1/keys/${encodeURIComponent(key.key_id)}/rotate`, "POST", { body: {} }) }, "Rotate"), use(Button, { kind: "small danger", onClick: () => setDialog(key) }, "Revoke")),
        },
      ],
      rows: keys.data?.items,
      keyOf: (key) => key.key_id,
      error: keys.error,
      onRetry: keys.refresh,
      empty: { title: "No keys yet", words: "An agent or an application signs in with a key." },
    }),
    dialog === "new" &&
      use(FormDialog, {
        title: "New key",
        fields: [
          { name: "account_id", words: "Account", isNeeded: true },
          { name: "role", words: "Role", options: ROLES },
          { name: "agent_id", words: "Agent, if it is for one alone" },
        ],
        action: "Make the key",
        onClose: () => setDialog(undefined),
        onSubmit: (values) => change("/api/v1/keys", "POST", { body: values }),
      }),
    dialog?.key_id &&
      use(
        Dialog,
        { title: "Revoke this key?", onClose: () => setDialog(undefined) },
        p("Whoever uses it is refused from now on. That cannot be undone."),
        use(Button, { kind: "danger", onClick: () => { change(`/api/v1/keys/${encodeURIComponent(dialog.key_id)}`, "DELETE"); setDialog(undefined); } }, "Revoke"),
      ),
    made && use(Dialog, { title: "The new key", onClose: () => setMade(undefined) }, p("It is shown once. Copy it now."), div({ class: "secret" }, code(made), use(Button, { icon: "copy", onClick: () => navigator.clipboard?.writeText(made) }, "Copy"))),
  );
}
