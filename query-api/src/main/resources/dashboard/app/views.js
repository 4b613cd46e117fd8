import { may } from "../core/session.js";

/**
 * Every view: its place in the address, its words, the key that leads there after g, and who may see it.
 * @typedef {{at: string, words: string, icon: string, key: string, group: string, isShown: () => boolean, load: () => Promise<any>}} View
 * @type {View[]}
 */
export const VIEWS = [
  view("", "Overview", "overview", "o", "Observe", () => true, () => import("../views/overview.js").then((m) => m.Overview)),
  view("live", "Live feed", "live", "l", "Observe", () => may("read-trails"), () => import("../views/live.js").then((m) => m.Live)),
  view("runs", "Runs", "runs", "r", "Observe", () => may("read-trails"), () => import("../views/runs.js").then((m) => m.Runs)),
  view("agents", "Agents", "agents", "a", "Observe", () => may("read-trails"), () => import("../views/agents.js").then((m) => m.Agents)),
  view("violations", "Violations", "violations", "v", "Govern", () => may("read-trails"), () => import("../views/violations.js").then((m) => m.Violations)),
  view("rules", "Rules", "rules", "u", "Govern", () => may("read-rules"), () => import("../views/rules.js").then((m) => m.Rules)),
  view("map", "Process map", "map", "m", "Govern", () => may("read-trails"), () => import("../views/map.js").then((m) => m.ProcessMap)),
  view("settings", "Audit & settings", "settings", "s", "Operate", () => may("read-received") || may("read-pipeline"), () => import("../views/settings.js").then((m) => m.Settings)),
];

/** Views of one thing, below those. */
const DETAILS = {
  runs: { load: () => import("../views/run.js").then((m) => m.Run) },
  violations: { load: () => import("../views/violation.js").then((m) => m.Violation) },
  rules: { load: () => import("../views/rule.js").then((m) => m.Rule) },
};

function view(at, words, icon, key, group, isShown, load) {
  return { at, words, icon, key, group, isShown, load };
}

/** What is shown at an address; undefined where nothing is, or nothing for this role. */
export function viewOf(path) {
  const found = VIEWS.find((each) => each.at === (path[0] ?? "") && each.isShown());
  return found && path.length > 1 ? (DETAILS[path[0]] ?? found) : found;
}

/** The views that the one who is signed in may see. */
export const shownViews = () => VIEWS.filter((each) => each.isShown());
