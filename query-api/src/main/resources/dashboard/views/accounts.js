import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ask, ofTenant, useAsk } from "../core/api.js";
import { words } from "../core/format.js";
import { Button, Id, Status, Tag, Time } from "../ui/parts.js";
import { Table } from "../ui/table.js";
import { FormDialog } from "./form-dialog.js";

const { div, span, p } = html;

const KINDS = ["user", "application", "agent"].map((kind) => [kind, words(kind)]);
const ROLES = ["viewer", "analyst", "policy_author", "compliance_officer", "admin", "agent"].map((role) => [role, words(role)]);

/** Who may use this: people, applications, agents. */
export function Accounts() {
  const accounts = useAsk("/api/v1/accounts", { limit: 200 });
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState(undefined);
  const create = async (values) => {
    try {
      await ask("/api/v1/accounts", { method: "POST", body: values, query: ofTenant() });
      setProblem(undefined);
      accounts.refresh();
    } catch (error) {
      setProblem(error.message);
    }
  };
  return div(
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
    isOpen && use(FormDialog, { title: "New account", fields: [{ name: "name", words: "Name", isNeeded: true }, { name: "kind", words: "Kind", options: KINDS }, { name: "role", words: "Role", options: ROLES }], action: "Make the account", onClose: () => setIsOpen(false), onSubmit: create }),
  );
}
