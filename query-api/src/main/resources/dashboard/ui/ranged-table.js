import { use } from "../core/html.js";
import { setRange } from "../core/range.js";
import { Table } from "./table.js";

/**
 * A list that comes page by page, of a range of time that can be widened where it holds nothing.
 * @param {{list: object, range: object, empty: {title: string, words?: string, action?: string, onAction?: () => void}}} properties list: of usePages; empty: widens the range where it has no action of its own; the rest is the table's
 */
export const RangedTable = ({ list, range, empty, ...table }) =>
  use(Table, {
    ...table,
    rows: list.items,
    error: list.error,
    onRetry: list.refresh,
    hasMore: list.hasMore,
    onMore: list.more,
    isLoading: list.isLoading,
    empty: { ...empty, ...(range.name !== "all" && !empty.action && { action: "Show all time", onAction: () => setRange("all") }) },
  });
