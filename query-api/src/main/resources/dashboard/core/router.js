import { createStore } from "./store.js";

/**
 * Where we are: `#/runs/run-1?range=24h`. Behind the hash, so that filters and ids never reach a server's log.
 * @typedef {{path: string[], query: Record<string, string>}} Route
 */

/** @returns {Route} */
function read() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return {
    path: path.split("/").filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** @type {ReturnType<typeof createStore<Route>>} */
export const route = createStore(read());

addEventListener("hashchange", () => route.set(read()));

/** Kept from view to view: the range of time that one looks at. */
const CARRIED = ["range", "from", "to"];

/**
 * The address of a view, with the range of time that is being looked at.
 * @param {string[]} path
 * @param {Record<string, unknown>} [query]
 */
export function href(path, query = {}) {
  const now = route.get().query;
  const all = { ...Object.fromEntries(CARRIED.filter((name) => now[name]).map((name) => [name, now[name]])), ...query };
  const parameters = new URLSearchParams(
    Object.entries(all)
      .filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(([name, value]) => [name, String(value)]),
  ).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${parameters ? `?${parameters}` : ""}`;
}

/** Goes there. */
export function go(path, query) {
  location.hash = href(path, query);
}

/** Changes parameters of this view; empty ones go. No entry in the history: back leads to the view before. */
export function setQuery(changes) {
  const { path, query } = route.get();
  const all = { ...query, ...changes };
  const cleared = Object.fromEntries(CARRIED.map((name) => [name, all[name] ?? ""]));
  history.replaceState(null, "", href(path, { ...all, ...cleared }));
  route.set(read());
}
