import { render } from "preact";
import { use } from "../core/html.js";
import { begin } from "../core/session.js";
import { App } from "./app.js";

begin();
render(use(App), document.getElementById("app"));
