import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { Dialog } from "../ui/dialog.js";

const { form, label, span, input, select, option, button } = html;

/**
 * A few values, then something is done.
 * @param {{title: string, fields: {name: string, words: string, options?: [string, string][], isNeeded?: boolean}[], action: string,
 *   onClose: () => void, onSubmit: (values: Record<string, string>) => Promise<void>}} properties
 */
export function FormDialog({ title, fields, action, onClose, onSubmit }) {
  const [values, setValues] = useState(Object.fromEntries(fields.map((field) => [field.name, field.options?.[0][0] ?? ""])));
  const submit = async (event) => {
    event.preventDefault();
    onClose();
    await onSubmit(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")));
  };
  const change = (name) => (event) => setValues({ ...values, [name]: event.target.value });
  return use(
    Dialog,
    { title, onClose },
    form(
      { onSubmit: submit },
      fields.map((field) =>
        label(
          { class: "field", key: field.name },
          span(field.words),
          field.options
            ? select({ value: values[field.name], onChange: change(field.name) }, field.options.map(([of, words]) => option({ key: of, value: of }, words)))
            : input({ value: values[field.name], required: field.isNeeded, onInput: change(field.name), spellcheck: false }),
        ),
      ),
      button({ type: "submit", class: "button primary wide" }, action),
    ),
  );
}
