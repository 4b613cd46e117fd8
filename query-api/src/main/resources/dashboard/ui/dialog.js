import { useLayoutEffect, useRef } from "preact/hooks";
import { html, use } from "../core/html.js";
import { IconButton } from "./parts.js";

const { dialog, div, h2 } = html;

/** Something that has to be dealt with first. The browser keeps the focus within, Escape closes. */
export function Dialog({ title, onClose, children, kind = "" }) {
  const element = useRef(null);
  // Before the page is drawn, so that nobody presses Escape on a dialog that is not open yet.
  useLayoutEffect(() => {
    element.current.showModal();
    return () => element.current?.close();
  }, []);
  return dialog(
    {
      ref: element,
      class: `dialog ${kind}`,
      "aria-label": title,
      onClose,
      onClick: (event) => event.target === element.current && onClose(),
    },
    div({ class: "dialog-head" }, h2(title), use(IconButton, { icon: "close", label: "Close", onClick: onClose })),
    div({ class: "dialog-body" }, children),
  );
}
