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
  } else if (answer.status === 401 && sessionStorage.getItem(REFRESH)) {
    if (await renew()) {
      await begin();
    }
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
  const answer = await post("/auth/token", { grant_type: "client_credentials", client_id: clientId.trim(), client_secret: secret });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.detail ?? body.error_description ?? "The id or the secret is wrong.");
  }
  keep(body);
  await begin();
}

/** Forgets the credential, and ends its session. An API key stays good: it is not of this tab alone. */
export function signOut() {
  const refresh = sessionStorage.getItem(REFRESH);
  if (refresh) {
    post("/auth/revoke", { token: refresh }).catch(() => null);
  }
  refused(undefined);
}

let renewing = null;

/**
 * The API said 401 to a credential that was good before: a new token where there is a way, else sign in again. Requests that
 * are refused at the same moment wait for one answer, since a refresh token is good once.
 */
export function renew() {
  renewing ??= renewNow().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewNow() {
  const refresh = sessionStorage.getItem(REFRESH);
  const answer = refresh ? await post("/auth/token", { grant_type: "refresh_token", refresh_token: refresh }).catch(() => null) : null;
  if (!answer?.ok) {
    refused("The session has ended. Sign in again.");
    return false;
  }
  keep(await answer.json());
  return true;
}

const post = (path, body) => fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function keep(tokens) {
  sessionStorage.setItem(KEY, tokens.access_token);
  sessionStorage.setItem(REFRESH, tokens.refresh_token ?? "");
}

function refused(reason) {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(REFRESH);
  session.set({ state: "needed", me: null, reason });
}

const MAY = {
  "read-trails": ["admin", "compliance_officer", "policy_author", "analyst", "viewer"],
  "read-received": ["admin", "compliance_officer", "analyst", "viewer"],
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
