CREATE TABLE change_token (
    tenant TEXT NOT NULL, site TEXT NOT NULL, list TEXT NOT NULL, token TEXT NOT NULL,
    PRIMARY KEY (tenant, site, list));

CREATE TABLE webhook (
    tenant TEXT NOT NULL, site TEXT NOT NULL, list TEXT NOT NULL, subscription TEXT NOT NULL,
    client_state TEXT NOT NULL, expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, site, list));
CREATE UNIQUE INDEX webhook_subscription ON webhook (tenant, subscription);

CREATE TABLE outgoing (
    tenant TEXT NOT NULL, effect TEXT NOT NULL, state TEXT NOT NULL, detail TEXT, at BIGINT NOT NULL,
    PRIMARY KEY (tenant, effect));

CREATE TABLE document (
    tenant TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, name));

CREATE TABLE before_image (
    tenant TEXT NOT NULL, application TEXT NOT NULL, step BIGINT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (tenant, application, step));

CREATE TABLE handover (
    tenant TEXT NOT NULL, id TEXT NOT NULL, application TEXT NOT NULL, manager TEXT NOT NULL,
    state TEXT NOT NULL, public_key BYTEA, ciphertext BYTEA, expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id));
