import { html, use } from "../core/html.js";
import { href } from "../core/router.js";
import { may } from "../core/session.js";
import { Tabs } from "../ui/fields.js";
import { Page } from "../ui/page.js";
import { AccessLog } from "./access-log.js";
import { Accounts } from "./accounts.js";
import { ApiKeys } from "./api-keys.js";
import { Conflicts } from "./conflicts.js";
import { DeadLetters } from "./dead-letters.js";
import { PipelineCard } from "./pipeline-card.js";
import { RefusedEvents } from "./refused-events.js";
import { SigningKeys } from "./signing-keys.js";
import { Tenants } from "./tenants.js";

const { div } = html;

const PARTS = [
  { at: "log", words: "Access log", isShown: () => may("read-log"), part: AccessLog },
  { at: "refused", words: "Refused events", isShown: () => may("read-received"), part: RefusedEvents },
  { at: "conflicts", words: "Conflicts", isShown: () => may("read-received"), part: Conflicts },
  { at: "dead-letters", words: "Dead letters", isShown: () => may("operate"), part: DeadLetters },
  { at: "pipeline", words: "Pipeline", isShown: () => may("read-pipeline"), part: () => div({ class: "narrow" }, use(PipelineCard)) },
  { at: "keys", words: "API keys", isShown: () => may("manage-accounts"), part: ApiKeys },
  { at: "signing-keys", words: "Signing keys", isShown: () => may("read-log"), part: SigningKeys },
  { at: "accounts", words: "Accounts", isShown: () => may("manage-accounts"), part: Accounts },
  { at: "tenants", words: "Tenants", isShown: () => may("operate"), part: Tenants },
];

/** Who looked at what, who may, and what could not be read. */
export function Settings({ query }) {
  const parts = PARTS.filter((part) => part.isShown());
  const chosen = parts.find((part) => part.at === query.part) ?? parts[0];
  return use(
    Page,
    { title: "Audit & settings", hasRange: ["log", "refused", "conflicts", "dead-letters"].includes(chosen?.at) },
    use(Tabs, { name: "Parts", value: chosen?.at, tabs: parts.map((part) => [part.at, part.words]), hrefOf: (of) => href(["settings"], { part: of }) }),
    chosen && use(chosen.part, { query }),
  );
}
