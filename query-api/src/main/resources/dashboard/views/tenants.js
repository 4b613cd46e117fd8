import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ask, useAsk } from "../core/api.js";
import { tenant as chosenTenant } from "../core/session.js";
import { Button, Status, Time } from "../ui/parts.js";
import { Table } from "../ui/table.js";
import { FormDialog } from "./form-dialog.js";

const { div, span, p } = html;

/** The organisations that share this installation, and whose data one looks at. */
export function Tenants() {
  const tenants = useAsk("/api/v1/tenants", { limit: 200 }, { tenantless: true });
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState(undefined);
  const create = async (values) => {
    try {
      await ask("/api/v1/tenants", { method: "POST", body: values });
      setProblem(undefined);
      tenants.refresh();
    } catch (error) {
      setProblem(error.message);
    }
  };
  return div(
    { class: "stack" },
    div({ class: "filters" }, use(Button, { icon: "plus", kind: "primary", disabled: Boolean(tenants.error), onClick: () => setIsOpen(true) }, "New tenant")),
    problem && p({ class: "note bad", role: "alert" }, problem),
    use(Table, {
      label: "Tenants",
      columns: [
        { name: "Tenant", cell: (tenant) => div({ class: "two-lines" }, span(tenant.name || tenant.tenant), span({ class: "mono quiet" }, tenant.tenant)) },
        { name: "State", cell: (tenant) => use(Status, { of: tenant.disabled_at ? "disabled" : "active" }) },
        { name: "Since", rank: 2, cell: (tenant) => use(Time, { at: tenant.created_at }) },
        { name: "Do", align: "right", cell: (tenant) => tenant.tenant !== "*" && use(Button, { kind: "small", onClick: () => chosenTenant.set(tenant.tenant) }, "Look at it alone") },
      ],
      rows: tenants.data?.items,
      keyOf: (tenant) => tenant.tenant,
      error: tenants.error,
      onRetry: tenants.refresh,
      empty: { title: "No tenants yet" },
    }),
    isOpen && use(FormDialog, { title: "New tenant", fields: [{ name: "tenant", words: "Id, as in events", isNeeded: true }, { name: "name", words: "Name", isNeeded: true }], action: "Make the tenant", onClose: () => setIsOpen(false), onSubmit: create }),
  );
}
