-- What proves the app. The secret is sealed under a key of its own, and that key is wrapped under the master key,
-- which never stands here.
CREATE TABLE credential (
    tenant TEXT NOT NULL, id TEXT NOT NULL, sealed BYTEA NOT NULL,
    wrapped BYTEA NOT NULL, master TEXT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id));

-- Renewals of credentials: what was done in each, oldest first.
CREATE TABLE renewal (
    tenant TEXT NOT NULL, number BIGINT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (tenant, number, seq));

-- Who drives the renewal at the moment.
CREATE TABLE renewal_lease (
    tenant TEXT NOT NULL, holder TEXT NOT NULL, until_at BIGINT NOT NULL,
    PRIMARY KEY (tenant));
