import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { connection } from "../core/api.js";
import { feedState } from "../core/feed.js";
import { href } from "../core/router.js";
import { session, signOut, tenant } from "../core/session.js";
import { useStore } from "../core/store.js";
import { Dialog } from "../ui/dialog.js";
import { Icon } from "../ui/icon.js";
import { IconButton } from "../ui/parts.js";
import { theme, toggleTheme } from "../ui/theme.js";
import { words } from "../core/format.js";
import { isHelpOpen } from "./help.js";
import { isPaletteOpen } from "./palette.js";
import { shownViews } from "./views.js";

const { aside, nav, a, div, span, ul, li, button, kbd, h2, img, input, label, form } = html;

const IN_BAR = ["", "live", "runs", "violations"];

/** The column at the side. */
export function Navigation({ path }) {
  const views = shownViews();
  const groups = [...new Set(views.map((each) => each.group))];
  return aside(
    { class: "sidebar" },
    div({ class: "brand" }, img({ src: new URL("../mark.svg", import.meta.url).href, alt: "", width: 22, height: 22 }), span("Waymark")),
    button(
      { type: "button", class: "finder", onClick: () => isPaletteOpen.set(true) },
      use(Icon, { name: "search", size: 14 }),
      span("Find or go to…"),
      kbd(isApple() ? "⌘K" : "Ctrl K"),
    ),
    nav(
      { "aria-label": "Views" },
      groups.map((group) =>
        div(
          { class: "nav-group", key: group },
          h2(group),
          ul(views.filter((each) => each.group === group).map((each) => li({ key: each.at }, use(NavLink, { view: each, path })))),
        ),
      ),
    ),
    div({ class: "sidebar-end" }, use(Connection), use(Account), use(Tools)),
  );
}

const NavLink = ({ view, path }) =>
  a({ href: href(view.at ? [view.at] : []), class: "nav-link", "aria-current": (path[0] ?? "") === view.at ? "page" : undefined }, use(Icon, { name: view.icon }), span(view.words));

const Tools = () =>
  div(
    { class: "tools" },
    use(ThemeButton),
    use(IconButton, { icon: "keyboard", label: "Keyboard shortcuts", onClick: () => isHelpOpen.set(true) }),
    a({ class: "icon-button", href: "/docs/index.html", target: "_blank", rel: "noopener", "aria-label": "API documentation, in a new tab", title: "API documentation" }, use(Icon, { name: "external" })),
  );

function ThemeButton() {
  const look = useStore(theme);
  return use(IconButton, { icon: look === "dark" ? "sun" : "moon", label: look === "dark" ? "Light theme" : "Dark theme", onClick: toggleTheme });
}

const FEED_WORDS = {
  live: ["live", "Live"],
  connecting: ["waiting", "Connecting…"],
  lost: ["lost", "Feed lost, trying again"],
  off: ["off", "No live feed"],
};

/** Whether what is shown keeps itself fresh. */
function Connection() {
  const api = useStore(connection);
  const feed = useStore(feedState);
  const [kind, said] = api === "down" ? ["lost", "API not reachable"] : FEED_WORDS[feed];
  return div({ class: `connection ${kind}`, role: "status" }, span({ class: "dot", "aria-hidden": "true" }), said);
}

function Account() {
  const { me } = useStore(session);
  return me && div({ class: "account" }, div({ class: "account-name" }, span({ title: me.subject }, me.name || me.subject), span({ class: "quiet" }, `${words(me.role)} · ${me.tenant === "*" ? "all tenants" : me.tenant}`)), use(IconButton, { icon: "logout", label: "Sign out", onClick: signOut }), me.tenant === "*" && use(TenantChoice));
}

/** An operator may look at one tenant alone. */
function TenantChoice() {
  const chosen = useStore(tenant);
  const [typed, setTyped] = useState(chosen);
  return form(
    {
      class: "tenant-choice",
      onSubmit: (event) => {
        event.preventDefault();
        tenant.set(typed.trim());
      },
    },
    label(span({ class: "unseen" }, "Tenant to look at; empty: all"), input({ value: typed, placeholder: "All tenants", onInput: (event) => setTyped(event.target.value), onBlur: () => tenant.set(typed.trim()), spellcheck: false })),
  );
}

/** At the foot of a phone's screen. */
export function PhoneBar({ path }) {
  const [isOpen, setIsOpen] = useState(false);
  const views = shownViews();
  const inBar = views.filter((each) => IN_BAR.includes(each.at));
  const rest = views.filter((each) => !IN_BAR.includes(each.at));
  return nav(
    { class: "phone-bar", "aria-label": "Main views" },
    inBar.map((each) => a({ key: each.at, href: href(each.at ? [each.at] : []), "aria-current": (path[0] ?? "") === each.at ? "page" : undefined }, use(Icon, { name: each.icon, size: 20 }), span(each.words))),
    button({ type: "button", onClick: () => setIsOpen(true), "aria-expanded": String(isOpen), "aria-haspopup": "dialog" }, use(Icon, { name: "more", size: 20 }), span("More")),
    isOpen &&
      use(
        Dialog,
        { title: "More", onClose: () => setIsOpen(false), kind: "sheet" },
        ul({ class: "sheet-links" }, rest.map((each) => li({ key: each.at, onClick: () => setIsOpen(false) }, use(NavLink, { view: each, path })))),
        button({ type: "button", class: "finder", onClick: () => { setIsOpen(false); isPaletteOpen.set(true); } }, use(Icon, { name: "search", size: 14 }), span("Find or go to…")),
        div({ class: "sidebar-end" }, use(Connection), use(Account), use(Tools)),
      ),
  );
}

const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform ?? "");
