import { createStore } from "./store.js";

const KEY = "waymark.credential";
const REFRESH = "waymark.refresh";

/**
 * Who is signed in.
 * @typedef {{tenant: string, role: string, subject: string, name: string}} Identity
 * @typedef {"unknown" | "open" | "needed" | "in"} SessionState open: this API wants no credential
 * @type {ReturnType<typeof createStore<{state: SessionState, me: Identity | null, reason?: string}>>}
 */
export const session = createStore({ state: "unknown", me: null });

/** The tenant that an operator looks at; empty: all. */
export const tenant = createStore(sessionStorage.getItem("waymark.tenant") ?? "");

tenant.watch((name) => sessionStorage.setItem("waymark.tenant", name));

/** What requests carry; null where nobody signed in. */
export const credential = () => sessionStorage.getItem(KEY);

/** Headers that every request has. */
export function authorization() {
  const kept = credential();
  return kept ? { Authorization: `Bearer ${kept}` } : {};
}

/** Finds out whether a credential is wanted, and whose the kept one is. */
export async function begin() {
  let answer;
  try {
    answer = await fetch("/auth/me", { headers: authorization() });
  } catch {
    session.set({ state: "open", me: null });
    return;
  }
  if (answer.ok) {
    session.set({ state: "in", me: await answer.json() });
  } else if (answer.status === 401 || answer.status === 403) {
    refused(credential() ? "That credential is not, or no longer, good." : undefined);
  } else {
    session.set({ state: "open", me: null });
  }
}

/** Signs in with an API key. */
export async function signInWithKey(key) {
  sessionStorage.setItem(KEY, key.trim());
  await begin();
}

/** Signs in with a client id and its secret; throws an Error with words for the page. */
export async function signInWithSecret(clientId, secret) {
  const answer = await fetch("/auth/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ grant_type: "client_credentials", client_id: clientId.trim(), client_secret: secret }),
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.detail ?? body.error_description ?? "The id or the secret is wrong.");
  }
  sessionStorage.setItem(KEY, body.access_token ?? body.token);
  if (body.refresh_token) {
    sessionStorage.setItem(REFRESH, body.refresh_token);
  }
  await begin();
}

/** Forgets the credential. */
export function signOut() {
  refused(undefined);
}

/** The API said 401 to a credential that was good before: a new token where there is a way, else sign in again. */
export async function renew() {
  const refresh = sessionStorage.getItem(REFRESH);
  if (refresh) {
    sessionStorage.removeItem(REFRESH);
    const answer = await fetch("/auth/token", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ grant_type: "refresh_token", refresh_token: refresh }),
    }).catch(() => null);
    if (answer?.ok) {
      const body = await answer.json();
      sessionStorage.setItem(KEY, body.access_token ?? body.token);
      if (body.refresh_token) {
        sessionStorage.setItem(REFRESH, body.refresh_token);
      }
      return true;
    }
  }
  refused("The session has ended. Sign in again.");
  return false;
}

function refused(reason) {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(REFRESH);
  session.set({ state: "needed", me: null, reason });
}

const MAY = {
  "read-trails": ["admin", "compliance_officer", "policy_author", "analyst", "viewer"],
  "read-rules": ["admin", "compliance_officer", "policy_author", "analyst"],
  "write-rules": ["admin", "policy_author"],
  "read-log": ["admin", "compliance_officer"],
  "manage-accounts": ["admin"],
  "read-pipeline": ["admin", "compliance_officer", "policy_author", "analyst"],
};

/**
 * Whether the one who is signed in may do that; everybody may where there are no accounts. The API decides in the end:
 * this only spares people what they would be refused.
 * @param {keyof typeof MAY | "operate"} what operate: what is of no single tenant
 */
export function may(what, { state, me } = session.get()) {
  if (state === "open") {
    return true;
  }
  if (!me) {
    return false;
  }
  return what === "operate" ? me.tenant === "*" && ["admin", "compliance_officer"].includes(me.role) : MAY[what].includes(me.role);
}
