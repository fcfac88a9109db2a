-- One text for SQLite and PostgreSQL: TEXT, BIGINT (times are milliseconds since 1970 UTC), BYTEA.
CREATE TABLE application (
    tenant TEXT NOT NULL, id TEXT NOT NULL, number TEXT NOT NULL, version BIGINT NOT NULL,
    workflow TEXT NOT NULL, definition_version BIGINT NOT NULL,
    code TEXT NOT NULL, state TEXT NOT NULL, applicant TEXT NOT NULL,
    inbox_item BIGINT NOT NULL, round BIGINT NOT NULL, source TEXT NOT NULL,
    list TEXT, list_item BIGINT, judged_version BIGINT, own_versions TEXT NOT NULL,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX application_source ON application (tenant, source);
CREATE UNIQUE INDEX application_number ON application (tenant, number);
CREATE INDEX application_applicant ON application (tenant, applicant, created_at);
CREATE INDEX application_code ON application (tenant, code, id);
CREATE INDEX application_list_item ON application (tenant, list, list_item);

CREATE TABLE party (
    tenant TEXT NOT NULL, application TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (tenant, application, person, role));
CREATE INDEX party_person ON party (tenant, person, role);

CREATE TABLE journal (
    tenant TEXT NOT NULL, application TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL,
    actor TEXT NOT NULL, body TEXT NOT NULL, prev_hash BYTEA NOT NULL, hash BYTEA NOT NULL,
    PRIMARY KEY (tenant, application, seq));

CREATE TABLE head (
    tenant TEXT NOT NULL, application TEXT NOT NULL, seq BIGINT NOT NULL,
    hash BYTEA NOT NULL, signature BYTEA NOT NULL, key_id TEXT NOT NULL,
    PRIMARY KEY (tenant, application, seq));

CREATE TABLE definition (
    tenant TEXT NOT NULL, workflow TEXT NOT NULL, version BIGINT NOT NULL,
    body TEXT NOT NULL, hash BYTEA NOT NULL,
    PRIMARY KEY (tenant, workflow, version));

CREATE TABLE counter (
    tenant TEXT NOT NULL, name TEXT NOT NULL, value BIGINT NOT NULL,
    PRIMARY KEY (tenant, name));

CREATE TABLE reservation (
    tenant TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, application TEXT NOT NULL,
    PRIMARY KEY (tenant, kind, target, application));
CREATE UNIQUE INDEX reservation_exclusive ON reservation (tenant, kind, target) WHERE kind <> 'seat';
CREATE INDEX reservation_application ON reservation (tenant, application);
