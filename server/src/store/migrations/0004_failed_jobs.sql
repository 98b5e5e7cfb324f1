-- Jobs as an administrator looks at them: how many of each kind wait, which were given up.
ALTER TABLE jobs ADD COLUMN failed_at BIGINT;
CREATE INDEX jobs_by_kind ON jobs (kind, is_failed);
CREATE INDEX failed_jobs ON jobs (kind, subject) WHERE is_failed = 1;
