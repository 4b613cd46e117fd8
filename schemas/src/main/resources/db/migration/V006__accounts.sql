-- Who may use the API. Secrets are never stored: of API keys, refresh tokens and tickets, which are 256 random bits,
-- SHA-256 is kept, of client secrets bcrypt; signing keys, which must be read again, are encrypted (AES-256-GCM).

CREATE TABLE tenants (
  tenant      text        NOT NULL PRIMARY KEY,  -- as in events; '*' is the operator of the installation
  name        text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz                        -- its credentials are good for nothing from then on
);

CREATE TABLE accounts (
  account_id   text        NOT NULL PRIMARY KEY, -- the client_id of /auth/token too
  tenant       text        NOT NULL REFERENCES tenants,
  kind         text        NOT NULL CHECK (kind IN ('user', 'application', 'agent')),
  name         text        NOT NULL,
  role         text        NOT NULL CHECK (role IN ('admin', 'compliance_officer', 'policy_author', 'analyst', 'viewer', 'agent')),
  agents       text[]      NOT NULL DEFAULT '{}', -- of a viewer: whose runs it sees; of others: what it is confined to, if any
  secret_hash  text,                             -- null: no client secret
  oidc_subject text        UNIQUE,               -- issuer and subject of who signs in elsewhere
  created_at   timestamptz NOT NULL DEFAULT now(),
  disabled_at  timestamptz,
  UNIQUE (tenant, name)
);

CREATE TABLE api_keys (
  key_id       text        NOT NULL PRIMARY KEY,
  account_id   text        NOT NULL REFERENCES accounts,
  role         text        NOT NULL,             -- the account's, or a lesser one
  agent_id     text,                             -- the one agent it is for; null: as its account
  key_hash     bytea       NOT NULL UNIQUE,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,                      -- within a minute
  replaced_by  text
);
CREATE INDEX api_keys_by_account ON api_keys (account_id, created_at DESC, key_id);

-- What a refresh token stands for. Its hash changes with each use; the one before tells that it was stolen.
CREATE TABLE sessions (
  session_id   text        NOT NULL PRIMARY KEY,
  account_id   text        NOT NULL REFERENCES accounts,
  refresh_hash bytea       NOT NULL UNIQUE,
  used_hash    bytea       UNIQUE,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  revoked_at   timestamptz
);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- One use, some seconds.
CREATE TABLE tickets (
  ticket_hash   bytea       NOT NULL PRIMARY KEY,
  credential_id text        NOT NULL,            -- a key or a session
  expires_at    timestamptz NOT NULL
);

CREATE TABLE signing_keys (
  tenant      text        NOT NULL REFERENCES tenants,
  key_id      text        NOT NULL,
  secret      bytea       NOT NULL,              -- nonce and ciphertext; tenant and key_id are authenticated with it
  created_at  timestamptz NOT NULL DEFAULT now(),
  not_after   timestamptz,                       -- of events; null: any
  revoked_at  timestamptz,
  PRIMARY KEY (tenant, key_id)
);

-- Who looked at trails and who changed what. Only ever added to.
CREATE TABLE access_log (
  entry_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  tenant        text        NOT NULL,            -- whose data it was; '*': of several
  caller_tenant text        NOT NULL,
  account_id    text        NOT NULL,
  name          text        NOT NULL,
  role          text        NOT NULL,
  credential_id text        NOT NULL,
  address       text        NOT NULL,            -- where from
  kind          text        NOT NULL CHECK (kind IN ('trail', 'change')),
  method        text        NOT NULL,
  route         text        NOT NULL,
  target        text        NOT NULL,            -- path and query as they were asked for
  status        integer,                         -- null: a change that was begun and whose end is not known
  rows          bigint                           -- that were shown
);
CREATE INDEX access_log_by_time ON access_log (tenant, at DESC, entry_id DESC);
CREATE INDEX access_log_by_entry ON access_log (at DESC, entry_id DESC);
