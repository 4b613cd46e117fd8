import { html, use } from "../core/html.js";
import { useAsk } from "../core/api.js";
import { count, duration, plural, words } from "../core/format.js";
import { Card } from "../ui/page.js";
import { Status, Tag, Time } from "../ui/parts.js";
import { Shown } from "../ui/states.js";

const { div, span, ul, li, p } = html;

/** Flink's checkpoints tell of nothing over a feed; they come every ten seconds. */
const EVERY_MS = 10_000;

/** Whether the jobs keep up, and their books balance. */
export function PipelineCard() {
  const answer = useAsk("/api/v1/pipeline", {}, { everyMs: EVERY_MS, tenantless: true });
  return use(
    Card,
    { title: "Pipeline", hint: answer.data?.time === "log" ? "time comes from the log" : undefined },
    use(Shown, { answer, what: "The pipeline's state", lines: 5 }, (pipeline) =>
      div(
        ul({ class: "jobs" }, pipeline.jobs.map((job) => use(Job, { key: job.job, job }))),
        pipeline.problems.map((problem) => p({ key: problem, class: "note warn" }, problem)),
        pipeline.limits.filter((limit) => limit.reached > 0).map((limit) => p({ key: limit.limit, class: "note warn" }, `${words(limit.of)}: the limit ${limit.limit} was reached ${count(limit.reached)} times; what went beyond was not judged.`)),
      ),
    ),
  );
}

function Job({ job }) {
  const behind = job.consumer_lag.reduce((sum, lag) => sum + lag.records, 0);
  return li(
    div({ class: "job-head" }, span({ class: "job-name" }, words(job.job.replace("waymark-", ""))), use(Status, { of: job.state ?? "unknown" }), job.restarts > 0 && use(Tag, { kind: "warn" }, plural(job.restarts, "restart"))),
    div(
      { class: "job-facts" },
      fact("Behind", job.consumer_lag.length ? plural(behind, "record") : "–"),
      fact("Watermark", job.watermark_lag_ms !== null ? `${duration(job.watermark_lag_ms)} behind` : job.watermark ? use(Time, { at: job.watermark }) : "–"),
      fact("Checkpoint", job.last_checkpoint ? use(Time, { at: job.last_checkpoint.completed_at, relative: true }) : "–"),
      fact("Books", job.books ? (job.books.balanced ? span({ class: "good" }, "balance") : span({ class: "bad" }, "do not balance")) : "–"),
    ),
  );
}

const fact = (name, value) => span({ class: "job-fact" }, span({ class: "quiet" }, name), span(value));
