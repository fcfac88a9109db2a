-- The list of applications is a sequence of lists. How full each of them is, is counted from application rows.
CREATE TABLE shard (
    tenant TEXT NOT NULL, ordinal BIGINT NOT NULL, url TEXT NOT NULL, list_id TEXT NOT NULL,
    opened_at BIGINT NOT NULL, closed_at BIGINT,
    PRIMARY KEY (tenant, ordinal));
CREATE UNIQUE INDEX shard_url ON shard (tenant, url);

-- Folders of a shard: closed applications in one share its scope.
CREATE TABLE fold (
    tenant TEXT NOT NULL, list TEXT NOT NULL, name TEXT NOT NULL, item BIGINT NOT NULL,
    PRIMARY KEY (tenant, list, name));

ALTER TABLE application ADD COLUMN fold TEXT;
CREATE INDEX application_own_scope ON application (tenant, list, code, created_at, id) WHERE fold IS NULL;
CREATE INDEX application_created ON application (tenant, created_at);
DROP INDEX application_applicant;
CREATE INDEX application_applicant ON application (tenant, applicant, created_at, id);

ALTER TABLE party ADD COLUMN at BIGINT NOT NULL DEFAULT 0;
UPDATE party SET at = COALESCE((SELECT created_at FROM application
    WHERE application.tenant = party.tenant AND application.id = party.application), 0);
DROP INDEX party_person;
CREATE INDEX party_person ON party (tenant, person, role, at, application);
