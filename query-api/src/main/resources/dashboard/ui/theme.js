import { createStore } from "../core/store.js";

const KEY = "waymark.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** "light" or "dark", as it looks now: chosen, else the system's. */
export const theme = createStore(current());

dark.addEventListener("change", () => theme.set(current()));

/** The other one, kept. Where that is the system's own again, the system decides again. */
export function toggleTheme() {
  const next = theme.get() === "dark" ? "light" : "dark";
  if ((next === "dark") === dark.matches) {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEY, next);
    document.documentElement.dataset.theme = next;
  }
  theme.set(next);
}

function current() {
  return localStorage.getItem(KEY) ?? (dark.matches ? "dark" : "light");
}
