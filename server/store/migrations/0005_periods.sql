-- When a document holds, in milliseconds; begins null: it was put without a period.
ALTER TABLE document ADD COLUMN begins BIGINT;
ALTER TABLE document ADD COLUMN ends BIGINT;
CREATE INDEX document_ends ON document (tenant, kind, ends);
CREATE INDEX document_begins ON document (tenant, kind, begins);
