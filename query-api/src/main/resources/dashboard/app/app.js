import { useEffect, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { route } from "../core/router.js";
import { session } from "../core/session.js";
import { useStore } from "../core/store.js";
import { useFreshFigures } from "../core/feed.js";
import { Empty, Lines } from "../ui/states.js";
import { Navigation, PhoneBar } from "./navigation.js";
import { Palette, isPaletteOpen } from "./palette.js";
import { Help, isHelpOpen } from "./help.js";
import { useShortcuts } from "./shortcuts.js";
import { SignIn } from "./sign-in.js";
import { viewOf } from "./views.js";

const { div, a, main } = html;

/** The whole page: who is it, where are we, and what is shown there. */
export function App() {
  const { state } = useStore(session);
  if (state === "unknown") {
    return null;
  }
  return state === "needed" ? use(SignIn) : use(SignedIn);
}

function SignedIn() {
  const { path, query } = useStore(route);
  const hasPalette = useStore(isPaletteOpen);
  const hasHelp = useStore(isHelpOpen);
  useShortcuts();
  useFreshFigures(true);
  return div(
    { class: "app" },
    a({ class: "skip", href: "#main", onClick: skip }, "Skip to content"),
    use(Navigation, { path }),
    main({ id: "main", tabIndex: -1 }, use(View, { key: path.slice(0, 2).join("/"), path, query })),
    use(PhoneBar, { path }),
    hasPalette && use(Palette),
    hasHelp && use(Help),
  );
}

/** Not by the address: that says which view is shown. */
function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

/** A view's module is loaded when it is first gone to. */
function View({ path, query }) {
  const [loaded, setLoaded] = useState({});
  const view = viewOf(path);
  useEffect(() => {
    if (!view) {
      return;
    }
    view.load().then(
      (Component) => setLoaded({ Component }),
      (error) => setLoaded({ error }),
    );
  }, [view]);
  if (!view) {
    return div({ class: "page" }, use(Empty, { title: "There is no such page", icon: "empty" }, a({ href: "#/" }, "Go to the overview")));
  }
  if (loaded.error) {
    return div({ class: "page" }, use(Empty, { title: "This part of the page did not load", icon: "unplugged", action: "Load again", onAction: () => location.reload() }));
  }
  return loaded.Component ? use(loaded.Component, { path: path.slice(1), query }) : div({ class: "page" }, use(Lines, { n: 5 }));
}
