import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ask, useAsk } from "../core/api.js";
import { words } from "../core/format.js";
import { Dialog } from "../ui/dialog.js";
import { Button, Id, Status, Tag, Time } from "../ui/parts.js";
import { Table } from "../ui/table.js";
import { FormDialog } from "./form-dialog.js";

const { div, span, p, code } = html;

const KINDS = ["user", "application", "agent"].map((kind) => [kind, words(kind)]);
const ROLES = ["viewer", "analyst", "policy_author", "compliance_officer", "admin", "agent"].map((role) => [role, words(role)]);

/** Who may use this: people, applications, agents. */
export function Accounts() {
  const accounts = useAsk("/api/v1/accounts", { limit: 200 });
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState(undefined);
  const [secret, setSecret] = useState(undefined);
  const create = async (values) => {
    try {
      const made = await ask("/api/v1/accounts", { method: "POST", body: { ...values, client_secret: values.client_secret === "yes" } });
      setSecret(made.client_secret ? { id: made.account.account_id, words: made.client_secret } : undefined);
      setProblem(undefined);
      accounts.refresh();
    } catch (error) {
      setProblem(error.message);
    }
  };
  return div(
    { class: "stack" },
    div({ class: "filters" }, use(Button, { icon: "plus", kind: "primary", disabled: Boolean(accounts.error), onClick: () => setIsOpen(true) }, "New account")),
    problem && p({ class: "note bad", role: "alert" }, problem),
    use(Table, {
      label: "Accounts",
      columns: [
        { name: "Account", cell: (account) => div({ class: "two-lines" }, span(account.name), use(Id, { of: account.account_id })) },
        { name: "State", cell: (account) => use(Status, { of: account.disabled_at ? "disabled" : "active" }) },
        { name: "Role", cell: (account) => use(Tag, {}, words(account.role)) },
        { name: "Kind", rank: 2, cell: (account) => words(account.kind) },
        { name: "Tenant", rank: 3, cell: (account) => account.tenant },
        { name: "Since", rank: 2, cell: (account) => use(Time, { at: account.created_at }) },
      ],
      rows: accounts.data?.items,
      keyOf: (account) => account.account_id,
      error: accounts.error,
      onRetry: accounts.refresh,
      empty: { title: "No accounts yet" },
    }),
    isOpen && use(FormDialog, { title: "New account", fields: [{ name: "name", words: "Name", isNeeded: true }, { name: "kind", words: "Kind", options: KINDS }, { name: "role", words: "Role", options: ROLES }, { name: "tenant", words: "Tenant, if not your own" }, { name: "client_secret", words: "A client secret to sign in with", options: [["no", "No, an API key later"], ["yes", "Yes"]] }], action: "Make the account", onClose: () => setIsOpen(false), onSubmit: create }),
    secret && use(Dialog, { title: "The new account's secret", onClose: () => setSecret(undefined) }, p("It is shown once. Copy it now."), div({ class: "secret" }, code(secret.words)), p({ class: "quiet" }, "Client id ", code(secret.id))),
  );
}
