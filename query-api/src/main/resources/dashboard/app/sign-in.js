import { useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { session, signInWithKey, signInWithSecret } from "../core/session.js";
import { useStore } from "../core/store.js";
import { Segments } from "../ui/fields.js";

const { main, div, h1, p, form, label, span, input, button, img, code } = html;

/** Who are you? A key, or an id and its secret; both stay in this tab. */
export function SignIn() {
  const { reason } = useStore(session);
  const [way, setWay] = useState("key");
  const [values, setValues] = useState({ key: "", id: "", secret: "" });
  const [problem, setProblem] = useState(reason);
  const [isBusy, setIsBusy] = useState(false);
  const change = (name) => (event) => setValues({ ...values, [name]: event.target.value });
  const submit = async (event) => {
    event.preventDefault();
    setIsBusy(true);
    setProblem(undefined);
    try {
      await (way === "key" ? signInWithKey(values.key) : signInWithSecret(values.id, values.secret));
      setProblem(session.get().reason);
    } catch (failure) {
      setProblem(failure.message);
    }
    setIsBusy(false);
  };
  return main(
    { class: "sign-in" },
    div(
      { class: "sign-in-card" },
      img({ src: new URL("../mark.svg", import.meta.url).href, alt: "", width: 40, height: 40 }),
      h1("Sign in to Waymark"),
      p({ class: "quiet" }, "What your agents did, what it cost, and what it broke."),
      use(Segments, { name: "Way to sign in", value: way, onChange: setWay, options: [["key", "API key"], ["secret", "Client id and secret"]] }),
      form(
        { onSubmit: submit },
        way === "key"
          ? use(Field, { words: "API key", type: "password", value: values.key, onInput: change("key"), autocomplete: "current-password" })
          : [
              use(Field, { key: "id", words: "Client id", type: "text", value: values.id, onInput: change("id"), autocomplete: "username" }),
              use(Field, { key: "secret", words: "Client secret", type: "password", value: values.secret, onInput: change("secret"), autocomplete: "current-password" }),
            ],
        problem && p({ class: "problem", role: "alert" }, problem),
        button({ type: "submit", class: "button primary wide", disabled: isBusy }, isBusy ? "Signing in…" : "Sign in"),
      ),
      p({ class: "quiet small" }, "The first administrator's key was printed by ", code("./waymark up"), " when it started first. It is kept in this tab alone."),
    ),
  );
}

const Field = ({ words, ...attributes }) => label({ class: "field" }, span(words), input({ required: true, spellcheck: false, ...attributes }));
