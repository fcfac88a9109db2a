-- Nobody wrote it: SharePoint itself knows its subscriptions, and their secrets are derived.
DROP TABLE webhook;

-- Who is at work, as each says of itself again and again.
CREATE TABLE instance (
    tenant TEXT NOT NULL, name TEXT NOT NULL, seen BIGINT NOT NULL,
    PRIMARY KEY (tenant, name));
