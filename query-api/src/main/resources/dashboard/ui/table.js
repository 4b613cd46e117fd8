import { html, use } from "../core/html.js";
import { Button } from "./parts.js";
import { Empty, Failure } from "./states.js";

const { table, thead, tbody, tr, th, td, div, caption } = html;

const SKELETON_ROWS = 8;

/**
 * A dense list whose rows lead somewhere. The first column holds the link; a click anywhere in a row follows it. Rows are
 * gone through with j and k.
 * @typedef {{name: string, cell: (row: any) => any, align?: "right", rank?: 1 | 2 | 3, width?: string}} Column
 *   rank: 2 is left out on narrow screens, 3 on middling ones
 * @param {{label: string, columns: Column[], rows: any[] | undefined, keyOf: (row: any) => string, to?: (row: any) => string,
 *   onOpen?: (row: any) => void, isOpen?: (row: any) => boolean, error?: Error, onRetry?: () => void, what?: string,
 *   empty?: {title: string, words?: any, action?: string, onAction?: () => void}, hasMore?: boolean, onMore?: () => void, isLoading?: boolean}} properties
 */
export function Table({ label, columns, rows, keyOf, to, onOpen, isOpen, error, onRetry, what, empty, hasMore, onMore, isLoading }) {
  if (rows === undefined && error) {
    return use(Failure, { error, onRetry, what: what ?? label });
  }
  if (rows?.length === 0) {
    return use(Empty, { title: empty?.title ?? "Nothing here", action: empty?.action, onAction: empty?.onAction }, empty?.words);
  }
  return div(
    { class: "table-frame" },
    table(
      { "aria-busy": rows === undefined ? "true" : undefined },
      caption({ class: "unseen" }, label),
      thead(tr(columns.map((column) => th({ key: column.name, scope: "col", class: classOf(column) }, column.name)))),
      tbody(
        { "data-rows": "" },
        rows === undefined
          ? Array.from({ length: SKELETON_ROWS }, (_, i) => tr({ key: i, class: "loading" }, columns.map((column) => td({ key: column.name, class: classOf(column) }, div({ class: "skeleton" })))))
          : rows.map((row) => use(Row, { key: keyOf(row), row, columns, to, onOpen, isOpen: isOpen?.(row) })),
      ),
    ),
    error && rows && use(Failure, { error, onRetry, what: "More" }),
    hasMore && div({ class: "table-more" }, use(Button, { onClick: onMore, disabled: isLoading }, isLoading ? "Loading…" : "Show more")),
  );
}

function Row({ row, columns, to, onOpen, isOpen }) {
  const leads = Boolean(to || onOpen);
  const open = (event) => {
    if (event.target.closest("a, button, input, select, textarea") || getSelection().toString()) {
      return;
    }
    if (onOpen) {
      onOpen(row);
    } else {
      location.hash = to(row);
    }
  };
  return tr(
    {
      class: `${leads ? "leads" : ""} ${isOpen ? "open" : ""}`,
      "data-row": leads ? "" : undefined,
      tabIndex: leads ? -1 : undefined,
      onClick: leads ? open : undefined,
      onKeyDown: leads ? (event) => event.key === "Enter" && event.target === event.currentTarget && open(event) : undefined,
    },
    columns.map((column) => td({ key: column.name, class: classOf(column) }, column.cell(row))),
  );
}

const classOf = ({ align, rank, width }) => [align === "right" ? "right" : "", rank ? `rank-${rank}` : "", width ?? ""].join(" ").trim() || undefined;
