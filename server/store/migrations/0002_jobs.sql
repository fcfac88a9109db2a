-- A job that is done has no row, so the key is free again and the table stays as small as the work ahead.
CREATE TABLE job (
    tenant TEXT NOT NULL, kind TEXT NOT NULL, job_key TEXT NOT NULL, lane TEXT,
    payload TEXT NOT NULL, priority BIGINT NOT NULL, run_at BIGINT NOT NULL,
    state TEXT NOT NULL, attempts BIGINT NOT NULL, asked_again BOOLEAN NOT NULL,
    lease_owner TEXT, lease_until BIGINT, fence BIGINT NOT NULL, last_error TEXT,
    PRIMARY KEY (tenant, kind, job_key));
CREATE INDEX job_due ON job (state, priority, run_at);
CREATE INDEX job_lane_ready ON job (tenant, lane);
-- The database itself refuses a second running job in a lane.
CREATE UNIQUE INDEX job_lane_running ON job (tenant, lane) WHERE state = 'leased';
