import { route, setQuery } from "./router.js";
import { useStore } from "./store.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The ranges that a press away: name, words, length in ms (null: all that is stored). */
export const RANGES = [
  ["15m", "Last 15 minutes", 15 * MINUTE],
  ["1h", "Last hour", HOUR],
  ["6h", "Last 6 hours", 6 * HOUR],
  ["24h", "Last 24 hours", DAY],
  ["7d", "Last 7 days", 7 * DAY],
  ["30d", "Last 30 days", 30 * DAY],
  ["all", "All time", null],
];

const DEFAULT = "24h";

/**
 * The range of time in the address.
 * @typedef {{name: string, words: string, from?: string, to?: string, before?: {from: string, to: string}}} Range
 *   before: as long, directly before; none where the range has no begin. An open `to` is now.
 * @returns {Range}
 */
export function rangeOf(query, now = Date.now()) {
  if (query.from || query.to) {
    const length = query.from ? Date.parse(query.to || new Date(now).toISOString()) - Date.parse(query.from) : 0;
    return {
      name: "custom",
      words: "Custom range",
      from: query.from,
      to: query.to,
      before: query.from ? { from: iso(Date.parse(query.from) - length), to: query.from } : undefined,
    };
  }
  const [name, words, length] = RANGES.find(([each]) => each === query.range) ?? RANGES.find(([each]) => each === DEFAULT);
  if (length === null) {
    return { name, words };
  }
  // Whole minutes: metrics are kept by the minute, and the same question gets the same answer.
  const from = Math.floor((now - length) / MINUTE) * MINUTE;
  // An open end would be that of the day, and an hour then be drawn in hours until midnight.
  return { name, words, from: iso(from), to: iso(from + length + MINUTE), before: { from: iso(from - length), to: iso(from) } };
}

const iso = (ms) => new Date(ms).toISOString();

/** The range that is looked at. */
export function useRange() {
  return rangeOf(useStore(route).query);
}

export function setRange(name) {
  setQuery({ range: name === DEFAULT ? "" : name, from: "", to: "" });
}

export function setCustomRange(from, to) {
  setQuery({ range: "", from, to });
}

/** As parameters of a request. */
export const asQuery = (range) => ({ from: range.from, to: range.to });
