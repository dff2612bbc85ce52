-- Every try of every task, the stops to new starts, and where the journal continues this file.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (5, 'Attempts, pauses and the place in the journal');

CREATE TABLE task_attempts (
    task_id INTEGER NOT NULL REFERENCES scraping_tasks(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    tag TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    outcome TEXT CHECK (outcome IN ('completed', 'failed', 'cancelled', 'interrupted')),
    exit_code INTEGER,
    signal TEXT,
    error_class TEXT,
    error_message TEXT,
    error_url TEXT,
    http_status INTEGER,
    rows INTEGER,
    file_size_bytes INTEGER,
    metrics TEXT NOT NULL DEFAULT '{}',
    log_path TEXT NOT NULL,
    -- The task's own, repeated here so that the latest errors of a batch stand together in an index.
    execution_batch TEXT NOT NULL,
    CONSTRAINT uk_attempt UNIQUE (task_id, number)
);

CREATE INDEX idx_attempts_open ON task_attempts(task_id, number) WHERE outcome IS NULL;
CREATE INDEX idx_attempts_failed ON task_attempts(execution_batch, ended_at, task_id) WHERE outcome = 'failed';

CREATE TABLE pauses (
    scope TEXT PRIMARY KEY NOT NULL,
    since TIMESTAMP NOT NULL,
    until TIMESTAMP,
    reason TEXT NOT NULL,
    level INTEGER NOT NULL
);

-- One row. seq: the last journal record that this file includes; database: which journals are its own.
CREATE TABLE journal_position (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    database TEXT NOT NULL,
    seq INTEGER NOT NULL
);
