import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { href } from "../core/router.js";
import { Dialog } from "../ui/dialog.js";
import { Button, IconButton } from "../ui/parts.js";

const { div, form, label, span, input, button, ul, li, a } = html;

const KEY = "waymark.views";

/** @returns {Record<string, {name: string, query: Record<string, string>}[]>} by view; kept in this browser */
const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "{}");

/** Filters that one comes back to. */
export function SavedViews({ of, query, isFiltered }) {
  const [views, setViews] = useState(() => kept()[of] ?? []);
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const keep = (next) => {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), [of]: next }));
    setViews(next);
  };
  const save = (event) => {
    event.preventDefault();
    keep([...views.filter((view) => view.name !== name), { name, query }]);
    setName("");
    setIsOpen(false);
  };
  return div(
    { class: "saved" },
    use(Button, { icon: "bookmark", onClick: () => setIsOpen(true), "aria-haspopup": "dialog" }, views.length ? `Views (${views.length})` : "Save view"),
    isOpen &&
      use(
        Dialog,
        { title: "Saved views", onClose: () => setIsOpen(false) },
        views.length > 0 &&
          ul(
            { class: "saved-list" },
            views.map((view) =>
              li(
                { key: view.name },
                a({ href: href([of], view.query), onClick: () => setIsOpen(false) }, view.name),
                use(IconButton, { icon: "close", label: `Forget ${view.name}`, onClick: () => keep(views.filter((each) => each !== view)) }),
              ),
            ),
          ),
        form(
          { onSubmit: save, class: "inline-form" },
          label({ class: "field" }, span(isFiltered ? "Save these filters as" : "Save this list as"), input({ value: name, required: true, onInput: (event) => setName(event.target.value) })),
          button({ type: "submit", class: "button primary" }, "Save"),
        ),
      ),
  );
}
