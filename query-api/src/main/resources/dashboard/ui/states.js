import { html, use } from "../core/html.js";
import { Button } from "./parts.js";
import { Icon } from "./icon.js";

const { div, p, h3 } = html;

/** Nothing to show, and what one can do about it. */
export const Empty = ({ title, children, icon = "empty", action, onAction }) =>
  div(
    { class: "state", role: "status" },
    div({ class: "state-icon" }, use(Icon, { name: icon, size: 22 })),
    h3(title),
    children && p(children),
    action && use(Button, { onClick: onAction }, action),
  );

/** What went wrong, in the API's own words. */
export function Failure({ error, onRetry, what = "This" }) {
  if (error.isUnavailable) {
    return use(Empty, { title: `${what}: not available here`, icon: "unplugged" }, "This version of the API does not have it.");
  }
  if (error.isDisconnected) {
    return use(Empty, { title: "No connection to the API", icon: "unplugged", action: "Try again", onAction: onRetry }, "What was loaded before stays as it is. It comes back by itself.");
  }
  if (error.status === 403) {
    return use(Empty, { title: "Not for your role", icon: "key" }, "Ask an administrator if you need it.");
  }
  return use(Empty, { title: error.title ?? "That did not work", icon: "warning", action: "Try again", onAction: onRetry }, error.message);
}

/** Grey lines where text will be. */
export const Lines = ({ n = 3 }) =>
  div({ class: "skeleton-lines", role: "status", "aria-label": "Loading" }, Array.from({ length: n }, (_, i) => div({ class: "skeleton", key: i })));

/** What an answer is shown as: lines while it is on its way, its data when it is there. */
export function Shown({ answer, what, lines = 4, children }) {
  if (answer.data === undefined && answer.error) {
    return use(Failure, { error: answer.error, onRetry: answer.refresh, what });
  }
  return answer.data === undefined ? use(Lines, { n: lines }) : children(answer.data);
}
