import { useEffect } from "preact/hooks";
import { refreshes } from "../core/api.js";
import { go } from "../core/router.js";
import { toggleTheme } from "../ui/theme.js";
import { isHelpOpen } from "./help.js";
import { isPaletteOpen } from "./palette.js";
import { shownViews } from "./views.js";

const CHORD_MS = 1_200;

/** Keys that work wherever one does not type. */
export function useShortcuts() {
  useEffect(() => {
    let chordUntil = 0;
    const onKey = (event) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        isPaletteOpen.set((open) => !open);
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) {
        return;
      }
      if (performance.now() < chordUntil) {
        chordUntil = 0;
        const view = shownViews().find((each) => each.key === event.key);
        if (view) {
          event.preventDefault();
          go(view.at ? [view.at] : []);
        }
        return;
      }
      if (event.key === "g") {
        chordUntil = performance.now() + CHORD_MS;
        return;
      }
      const action = ACTIONS[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

const ACTIONS = {
  "/": () => {
    const filter = document.querySelector("main input[type=search]");
    if (filter) {
      filter.focus();
      filter.select();
    } else {
      isPaletteOpen.set(true);
    }
  },
  "?": () => isHelpOpen.set(true),
  j: () => step(1),
  k: () => step(-1),
  r: () => refreshes.set((n) => n + 1),
  t: toggleTheme,
};

/** To the next or previous row of the list. */
function step(by) {
  const rows = [...document.querySelectorAll("main [data-row]")];
  if (rows.length === 0) {
    return;
  }
  const at = rows.indexOf(document.activeElement?.closest("[data-row]"));
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

const isTyping = (element) => element.closest?.("input, textarea, select, [contenteditable]");
