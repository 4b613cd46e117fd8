import { useEffect, useRef, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { ask, ofTenant, refreshes } from "../core/api.js";
import { go } from "../core/router.js";
import { RANGES, setRange } from "../core/range.js";
import { createStore } from "../core/store.js";
import { Icon } from "../ui/icon.js";
import { toggleTheme } from "../ui/theme.js";
import { isHelpOpen } from "./help.js";
import { shownViews } from "./views.js";

const { dialog, div, input, ul, li, span, kbd } = html;

export const isPaletteOpen = createStore(false);

const MOST = 12;
const SEARCH_PAUSE_MS = 200;

/**
 * Something that can be done from here.
 * @typedef {{group: string, words: string, hint?: string, icon: string, run: () => void}} Command
 */

/** Views, actions, and whatever the API finds, by typing. */
export function Palette() {
  const element = useRef(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(typed.trim());
  useEffect(() => {
    element.current.showModal();
  }, []);
  const close = () => isPaletteOpen.set(false);
  const commands = [...standing().filter((command) => matches(command, typed)), ...found].slice(0, MOST + found.length);
  const run = (command) => {
    close();
    command?.run();
  };
  const onKeyDown = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setAt((now) => (now + by + commands.length) % Math.max(1, commands.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      // Whoever types fast presses Enter before what was typed is drawn.
      const value = event.target.value;
      run(value === typed ? commands[at] : standing().find((command) => matches(command, value)));
    }
  };
  return dialog(
    { ref: element, class: "palette", "aria-label": "Find or go to", onClose: close, onClick: (event) => event.target === element.current && close() },
    div(
      { class: "palette-field" },
      use(Icon, { name: "search" }),
      input({
        value: typed,
        placeholder: "Find a run, rule or agent, or go to a view…",
        "aria-label": "Find or go to",
        role: "combobox",
        "aria-expanded": "true",
        "aria-controls": "palette-list",
        "aria-activedescendant": commands[at] ? `palette-${at}` : undefined,
        autocomplete: "off",
        spellcheck: false,
        autofocus: true,
        onInput: (event) => {
          setTyped(event.target.value);
          setAt(0);
        },
        onKeyDown,
      }),
      kbd("Esc"),
    ),
    ul(
      { id: "palette-list", role: "listbox", "aria-label": "What was found" },
      commands.map((command, i) =>
        li(
          { key: command.group + command.words, id: `palette-${i}`, role: "option", "aria-selected": String(i === at), onMouseMove: () => setAt(i), onClick: () => run(command) },
          use(Icon, { name: command.icon }),
          span({ class: "palette-words" }, command.words),
          span({ class: "quiet" }, command.hint ?? command.group),
        ),
      ),
    ),
    commands.length === 0 && div({ class: "palette-none", role: "status" }, "Nothing of that name."),
  );
}

function standing() {
  return [
    ...shownViews().map((view) => ({ group: "View", words: view.words, hint: `g ${view.key}`, icon: view.icon, run: () => go(view.at ? [view.at] : []) })),
    { group: "Action", words: "Write a new rule", icon: "plus", run: () => go(["rules", "new"]) },
    { group: "Action", words: "Switch between light and dark", hint: "t", icon: "moon", run: toggleTheme },
    { group: "Action", words: "Load everything anew", hint: "r", icon: "refresh", run: () => refreshes.set((n) => n + 1) },
    { group: "Action", words: "Keyboard shortcuts", hint: "?", icon: "keyboard", run: () => isHelpOpen.set(true) },
    ...RANGES.map(([name, words]) => ({ group: "Range of time", words, icon: "clock", run: () => setRange(name) })),
  ];
}

const matches = ({ words }, typed) =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.toLowerCase().includes(part));

/** What the API knows of the words: runs by their id, rules, agents, and texts of trails. */
function useFound(typed) {
  const [found, setFound] = useState([]);
  useEffect(() => {
    setFound([]);
    if (typed.length < 2) {
      return undefined;
    }
    const cancel = new AbortController();
    const timer = setTimeout(async () => {
      const lists = await Promise.all([runs(typed, cancel.signal), rules(typed, cancel.signal), agents(typed, cancel.signal), texts(typed, cancel.signal)].map((list) => list.catch(() => [])));
      if (!cancel.signal.aborted) {
        setFound(lists.flat());
      }
    }, SEARCH_PAUSE_MS);
    return () => {
      cancel.abort();
      clearTimeout(timer);
    };
  }, [typed]);
  return found;
}

async function runs(typed, signal) {
  const run = await ask(`/api/v1/runs/${encodeURIComponent(typed)}`, { query: ofTenant(), signal });
  return [{ group: "Run", words: run.run_id, icon: "runs", run: () => go(["runs", run.run_id], { tenant: run.tenant }) }];
}

async function rules(typed, signal) {
  const { items } = await ask("/api/v1/rules", { query: { limit: 1000 }, signal });
  const ids = [...new Set(items.map((rule) => rule.rule_id))].filter((id) => id.toLowerCase().includes(typed.toLowerCase()));
  return ids.slice(0, 5).map((id) => ({ group: "Rule", words: id, icon: "rules", run: () => go(["rules", id]) }));
}

async function agents(typed, signal) {
  const { items } = await ask("/api/v1/agents", { query: { ...ofTenant(), limit: 1000 }, signal });
  return items
    .filter((agent) => agent.agent_id.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, 5)
    .map((agent) => ({ group: "Agent", words: agent.agent_id, icon: "agents", run: () => go(["runs"], { agent: agent.agent_id }) }));
}

async function texts(typed, signal) {
  const { items } = await ask("/api/v1/search", { query: { ...ofTenant(), q: typed, limit: 5 }, signal });
  return items.map((hit) => ({ group: "In a trail", words: hit.snippet ?? hit.text ?? hit.run_id, hint: hit.run_id, icon: "search", run: () => go(["runs", hit.run_id], { tenant: hit.tenant, seq: hit.seq }) }));
}
