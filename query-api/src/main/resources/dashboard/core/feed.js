import { useEffect, useRef } from "preact/hooks";
import { address, ofTenant, refreshes } from "./api.js";
import { authorization, session } from "./session.js";
import { createStore } from "./store.js";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/**
 * What the live feed says.
 * @typedef {{id: string, kind: "event" | "violation" | "metric" | "notice", tenant: string, data: object}} Message
 * @typedef {"connecting" | "live" | "lost" | "off"} FeedState off: this API has no feed
 */

/** How the connection that keeps figures fresh fares. */
export const feedState = createStore(/** @type {FeedState} */ ("connecting"));

/**
 * Reads the feed until it is closed, over and over: after a break from the message that came last. Server-sent events are
 * read with fetch, because EventSource can send no credential.
 * @param {Record<string, string>} query
 * @param {(messages: Message[]) => void} onMessages all that came in one piece
 * @param {(state: FeedState, reason?: string) => void} onState
 * @returns {() => void} closes it
 */
export function openFeed(query, onMessages, onState) {
  const cancel = new AbortController();
  let lastId = "";
  let retryMs = FIRST_RETRY_MS;
  const run = async () => {
    while (!cancel.signal.aborted) {
      onState("connecting");
      try {
        const answer = await fetch(address("/api/v1/feed", { ...ofTenant(), ...query, last_id: lastId }), {
          headers: { Accept: "text/event-stream", ...authorization() },
          signal: cancel.signal,
        });
        if (answer.status === 404 || answer.status === 401 || answer.status === 403) {
          onState("off");
          return;
        }
        if (answer.ok) {
          onState("live");
          retryMs = FIRST_RETRY_MS;
          await readAll(answer.body, (messages) => {
            lastId = messages.at(-1).id ?? lastId;
            onMessages(messages);
          });
        }
      } catch (failure) {
        if (failure.name === "AbortError") {
          return;
        }
      }
      onState("lost");
      await new Promise((resume) => setTimeout(resume, retryMs));
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    }
  };
  run();
  return () => cancel.abort();
}

async function readAll(body, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const blocks = (waiting + piece.value.replaceAll("\r\n", "\n")).split("\n\n");
    waiting = blocks.pop();
    const messages = blocks.map(parse).filter(Boolean);
    if (messages.length > 0) {
      take(messages);
    }
  }
}

/** One server-sent event; null for a comment, which only keeps the line open. */
function parse(block) {
  const data = [];
  let id;
  let kind;
  for (const line of block.split("\n")) {
    if (line.startsWith("data:")) {
      data.push(line.slice(5).trimStart());
    } else if (line.startsWith("id:")) {
      id = line.slice(3).trim();
    } else if (line.startsWith("event:")) {
      kind = line.slice(6).trim();
    }
  }
  if (data.length === 0) {
    return null;
  }
  const message = JSON.parse(data.join("\n"));
  return { ...message, id: message.id ?? id, kind: message.kind ?? kind };
}

const REFRESH_MS = 5_000;

/** Keeps what is shown fresh: where the feed tells of something new, everything is asked for anew, every few seconds at most. */
export function useFreshFigures(isWanted) {
  const due = useRef(null);
  useEffect(() => {
    if (!isWanted || session.get().state === "needed") {
      return undefined;
    }
    const close = openFeed({ kind: "violations,metrics" }, () => {
      due.current ??= setTimeout(() => {
        due.current = null;
        if (!document.hidden) {
          refreshes.set((n) => n + 1);
        }
      }, REFRESH_MS);
    }, feedState.set);
    return () => {
      close();
      clearTimeout(due.current);
      due.current = null;
    };
  }, [isWanted]);
}
