import { html, use } from "../core/html.js";
import { shortId } from "../core/format.js";
import { href } from "../core/router.js";
import { Card } from "../ui/page.js";
import { Status } from "../ui/parts.js";
import { differenceOf } from "./difference.js";
import { fromOf } from "./rules.js";
import { toYaml } from "./yaml.js";

const { div, ol, li, a, span, pre, p } = html;

/** The history of a rule, and what changed from one version to the next. */
export function Versions({ versions, query }) {
  const chosen = versions.find((version) => String(version.number) === query.number) ?? versions[0];
  const before = versions[versions.indexOf(chosen) + 1];
  return div(
    { class: "columns narrow-first" },
    use(
      Card,
      { title: "Versions" },
      ol(
        { class: "versions" },
        versions.map((version) =>
          li({ key: version.rule_version }, a({ href: href(["rules", version.rule_id], { tab: "versions", number: version.number }), "aria-current": version === chosen ? "true" : undefined }, span({ class: "version-number" }, `No. ${version.number}`), use(Status, { of: version.state }), span({ class: "quiet" }, "from ", fromOf(version.effective_at)))),
        ),
      ),
    ),
    use(
      Card,
      { title: before ? `From no. ${before.number} to no. ${chosen.number}` : `No. ${chosen.number}, the first`, hint: shortId(chosen.rule_version) },
      chosen.problems.map((problem) => p({ key: problem, class: "note bad" }, problem)),
      pre(
        { class: "code diff", tabIndex: 0, role: "region", "aria-label": "What changed" },
        differenceOf(before ? toYaml(before.definition).split("\n") : [], toYaml(chosen.definition).split("\n")).map(({ kind, text }, i) =>
          span({ key: i, class: before ? `diff-${kind}` : "diff-same" }, span({ class: "diff-sign" }, before ? { added: "+", removed: "−", same: " " }[kind] : " "), text, "\n"),
        ),
      ),
    ),
  );
}
