import { html, use } from "../core/html.js";
import { createStore } from "../core/store.js";
import { Dialog } from "../ui/dialog.js";
import { shownViews } from "./views.js";

const { dl, div, dt, dd, kbd, h3, span } = html;

export const isHelpOpen = createStore(false);

const EVERYWHERE = [
  [["Ctrl", "K"], "Find or go to anything"],
  [["/"], "Filter this list"],
  [["j"], "Next row"],
  [["k"], "Previous row"],
  [["Enter"], "Open the row"],
  [["r"], "Load anew"],
  [["t"], "Light or dark"],
  [["Esc"], "Close"],
  [["?"], "This list"],
];

/** All shortcuts. */
export const Help = () =>
  use(
    Dialog,
    { title: "Keyboard shortcuts", onClose: () => isHelpOpen.set(false) },
    div({ class: "shortcuts" }, use(Keys, { title: "Everywhere", keys: EVERYWHERE }), use(Keys, { title: "Go to", keys: shownViews().map((view) => [["g", view.key], view.words]) })),
  );

const Keys = ({ title, keys }) => div(h3(title), dl(keys.map(([keysOf, words]) => div({ key: words }, dt(keysOf.map((key, i) => span({ key }, i > 0 && " ", kbd(key)))), dd(words)))));
