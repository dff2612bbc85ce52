-- What the checks thought of each output, and what later outputs are held against.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (10, 'Checks on outputs');

-- verdict: null where nothing was checked. findings, facts: JSON. accepted_at: when the operator took a suspect output.
ALTER TABLE task_attempts ADD COLUMN verdict TEXT CHECK (verdict IN ('ok', 'suspect', 'failed'));
ALTER TABLE task_attempts ADD COLUMN findings TEXT NOT NULL DEFAULT '[]';
ALTER TABLE task_attempts ADD COLUMN facts TEXT;
ALTER TABLE task_attempts ADD COLUMN accepted_at TIMESTAMP;

-- The doubtful ones of a batch stand together, and are few.
CREATE INDEX idx_attempts_doubtful ON task_attempts(execution_batch, task_id) WHERE verdict IN ('suspect', 'failed');
