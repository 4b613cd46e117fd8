import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { createStore, useStore } from "./store.js";
import { authorization, renew, session, tenant } from "./session.js";

const NOWHERE = "There is nothing at this address.";

/** Whether the API answered last time it was asked. */
export const connection = createStore("up");

/** Counts up when everything shown is to be asked for anew. */
export const refreshes = createStore(0);

/** An answer that is not what was asked for: a problem (RFC 9457), or no answer at all. */
export class ApiError extends Error {
  /** @param {{status: number, title?: string, detail?: string, errors?: {parameter?: string, path?: string, reason: string}[]}} problem status 0: no answer */
  constructor(problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${problem.status}`);
    this.status = problem.status;
    this.title = problem.title;
    this.errors = problem.errors ?? [];
    this.retryAfterS = problem.retryAfterS;
  }

  /** The API has no such route (yet): other than a thing that is not known. */
  get isUnavailable() {
    return (this.status === 404 && this.message === NOWHERE) || this.status === 405;
  }

  get isDisconnected() {
    return this.status === 0;
  }
}

/**
 * Asks the API and reads JSON.
 * @param {string} path beginning with a slash
 * @param {{method?: string, query?: Record<string, unknown>, body?: string | object, type?: string, signal?: AbortSignal, ownTenant?: boolean}} [options]
 *   ownTenant: the route takes no tenant
 */
export async function ask(path, options = {}) {
  const answer = await send(path, options);
  return answer.status === 204 ? null : answer.json();
}

/** The same, with its status. */
export async function askWithStatus(path, options = {}) {
  const answer = await send(path, options);
  return { status: answer.status, retryAfterS: Number(answer.headers.get("Retry-After") ?? 0), body: await answer.json() };
}

async function send(path, options, isRetry = false) {
  const { method = "GET", query = {}, body, type, signal } = options;
  let answer;
  try {
    answer = await fetch(address(path, query), {
      method,
      signal,
      headers: {
        Accept: "application/json",
        ...authorization(),
        ...(body === undefined ? {} : { "Content-Type": type ?? "application/json" }),
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    connection.set("down");
    throw new ApiError({ status: 0, title: "No connection", detail: "The API does not answer." });
  }
  connection.set("up");
  if (answer.status === 401 && session.get().state === "in" && !isRetry && (await renew())) {
    return send(path, options, true);
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new ApiError({ ...problem, status: answer.status, retryAfterS: Number(answer.headers.get("Retry-After") ?? 0) });
  }
  return answer;
}

/** A path with its parameters; those that are empty are left out. */
export function address(path, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/** The tenant parameter, where somebody chose one. */
export const ofTenant = () => (tenant.get() ? { tenant: tenant.get() } : {});

/**
 * What a component shows of an answer: the last one stays while the next is on its way.
 * @template T
 * @typedef {{data: T | undefined, error: ApiError | undefined, isLoading: boolean, refresh: () => void}} Answer
 */

/**
 * Asks for something and asks anew when the path, its parameters or the tenant change.
 * @param {string | null} path null: nothing yet
 * @param {Record<string, unknown>} [query]
 * @param {{everyMs?: number, tenantless?: boolean}} [options] everyMs: for what has no feed, such as the state of a job
 * @returns {Answer<any>}
 */
export function useAsk(path, query = {}, { everyMs = 0, tenantless = false } = {}) {
  const chosen = useStore(tenant);
  const refresh = useStore(refreshes);
  const [own, setOwn] = useState(0);
  const [answer, setAnswer] = useState({ data: undefined, error: undefined, isLoading: true, of: "" });
  const key = path === null ? "" : address(path, tenantless || !chosen ? query : { tenant: chosen, ...query });
  const last = useRef(key);
  useEffect(() => {
    if (!key) {
      return undefined;
    }
    const cancel = new AbortController();
    const isOther = pathOf(last.current) !== pathOf(key);
    last.current = key;
    setAnswer((before) => ({ ...before, data: isOther ? undefined : before.data, isLoading: true }));
    ask(key, { signal: cancel.signal }).then(
      (data) => setAnswer({ data, error: undefined, isLoading: false, of: key }),
      (error) => {
        if (error.name !== "AbortError") {
          setAnswer((before) => ({ ...before, error, isLoading: false }));
        }
      },
    );
    return () => cancel.abort();
  }, [key, own, refresh]);
  useEffect(() => {
    if (!everyMs || !key) {
      return undefined;
    }
    const timer = setInterval(() => document.hidden || setOwn((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, key]);
  const again = useCallback(() => setOwn((n) => n + 1), []);
  return { ...answer, refresh: again };
}

/**
 * A list by pages: what is there, and a way to get more.
 * @returns {{items: any[] | undefined, error: ApiError | undefined, isLoading: boolean, hasMore: boolean, more: () => void, refresh: () => void}}
 */
export function usePages(path, query = {}, limit = 50) {
  const first = useAsk(path, { ...query, limit });
  const [rest, setRest] = useState({ of: undefined, items: [], next: null, isLoading: false, error: undefined });
  const isOfFirst = rest.of === first.data;
  const next = isOfFirst ? rest.next : first.data?.next_cursor;
  const more = async () => {
    const of = first.data;
    setRest({ ...(isOfFirst ? rest : { items: [], next }), of, isLoading: true, error: undefined });
    try {
      const page = await ask(path, { query: { ...ofTenant(), ...query, limit, cursor: next } });
      setRest((before) => ({ of, items: [...before.items, ...page.items], next: page.next_cursor, isLoading: false }));
    } catch (error) {
      setRest((before) => ({ ...before, isLoading: false, error }));
    }
  };
  return {
    items: first.data && [...first.data.items, ...(isOfFirst ? rest.items : [])],
    error: first.error ?? (isOfFirst ? rest.error : undefined),
    isLoading: first.isLoading || (isOfFirst && rest.isLoading),
    hasMore: Boolean(next),
    more,
    refresh: first.refresh,
  };
}

const pathOf = (key) => key.split("?")[0];
