-- The document's constraints, which SQLite takes only with the table, and the columns that Zafra adds.
--
-- No row is lost. A row that breaks a constraint is mended to the nearest valid one, and what it held before
-- stands in upgrade_repairs:
--   a batch's status        case and spaces aside, else completed if it ended, else cancelled
--   a task without a batch  goes to the batch Sin00_00 ("sin lote")
--   a batch without a row   gets one, made from its tasks
--   a task's status         case and spaces aside, else permanently_failed with an error, completed if it
--                           ended, cancelled otherwise
--   attempts                at least 0; max_attempts is raised to them
--   a repeated combination  is the next variant, in the order of ids
-- A batch's counts are set to what its tasks say, unless some of its tasks have been cleaned away.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (4, 'Constraints and the columns of Zafra');

CREATE TABLE upgrade_repairs (
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    original TEXT,
    repaired TEXT
);

CREATE TABLE new_batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id TEXT UNIQUE NOT NULL,
    month_year TEXT NOT NULL,
    execution_number INTEGER NOT NULL,
    started_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    completed_at TIMESTAMP,
    total_tasks INTEGER,
    completed_tasks INTEGER DEFAULT 0,
    failed_tasks INTEGER DEFAULT 0,
    status TEXT DEFAULT 'running',
    estimated_duration_minutes INTEGER,
    actual_duration_minutes INTEGER,
    CONSTRAINT ck_batch_status CHECK (status IN ('running', 'completed', 'failed', 'cancelled'))
);

CREATE TABLE new_tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scraper_name TEXT NOT NULL,
    website TEXT NOT NULL,
    city TEXT NOT NULL,
    operation TEXT NOT NULL,
    product TEXT NOT NULL,
    url TEXT NOT NULL,
    order_num INTEGER NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER DEFAULT 0,
    max_attempts INTEGER DEFAULT 3,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    started_at TIMESTAMP,
    completed_at TIMESTAMP,
    error_message TEXT,
    execution_batch TEXT,
    output_path TEXT,
    data_records_extracted INTEGER DEFAULT 0,
    file_size_bytes INTEGER DEFAULT 0,
    variant INTEGER NOT NULL DEFAULT 1,
    depends_on INTEGER REFERENCES scraping_tasks(id) ON DELETE SET NULL,
    ready INTEGER NOT NULL DEFAULT 1,
    retry_at TIMESTAMP,
    error_class TEXT,
    FOREIGN KEY (execution_batch) REFERENCES execution_batches(batch_id),
    CONSTRAINT uk_task_per_batch
        UNIQUE (execution_batch, scraper_name, website, city, operation, product, variant),
    CONSTRAINT ck_task_status CHECK (status IN
        ('pending', 'running', 'completed', 'failed', 'retrying', 'permanently_failed', 'cancelled')),
    CONSTRAINT ck_attempts CHECK (attempts >= 0 AND attempts <= max_attempts)
);

-- Ids are never given twice, not even those of rows that are gone.
INSERT INTO sqlite_sequence (name, seq)
SELECT CASE name WHEN 'scraping_tasks' THEN 'new_tasks' ELSE 'new_batches' END, seq
FROM sqlite_sequence WHERE name IN ('scraping_tasks', 'execution_batches');

INSERT INTO new_batches
SELECT
    id, batch_id, month_year, execution_number, started_at, completed_at, total_tasks,
    coalesce(completed_tasks, 0), coalesce(failed_tasks, 0),
    CASE
        WHEN lower(trim(status)) IN ('running', 'completed', 'failed', 'cancelled') THEN lower(trim(status))
        WHEN completed_at IS NOT NULL THEN 'completed'
        ELSE 'cancelled'
    END,
    estimated_duration_minutes, actual_duration_minutes
FROM execution_batches;

INSERT INTO new_tasks
SELECT
    id, scraper_name, website, city, operation, product, url, order_num,
    CASE
        WHEN lower(trim(status)) IN
            ('pending', 'running', 'completed', 'failed', 'retrying', 'permanently_failed', 'cancelled')
            THEN lower(trim(status))
        WHEN error_message IS NOT NULL THEN 'permanently_failed'
        WHEN completed_at IS NOT NULL THEN 'completed'
        ELSE 'cancelled'
    END,
    max(CAST(coalesce(attempts, 0) AS INTEGER), 0),
    max(CAST(coalesce(attempts, 0) AS INTEGER), CAST(coalesce(max_attempts, 3) AS INTEGER), 0),
    created_at, started_at, completed_at, error_message,
    coalesce(execution_batch, 'Sin00_00'),
    output_path, coalesce(data_records_extracted, 0), coalesce(file_size_bytes, 0),
    row_number() OVER (
        PARTITION BY coalesce(execution_batch, 'Sin00_00'), scraper_name, website, city, operation, product
        ORDER BY id
    ),
    NULL, 1,
    CASE lower(trim(status))
        WHEN 'retrying' THEN coalesce(completed_at, started_at, created_at, '1970-01-01 00:00:00')
    END,
    NULL
FROM scraping_tasks;

INSERT INTO new_batches (
    batch_id, month_year, execution_number, started_at, completed_at, total_tasks, status
)
SELECT
    execution_batch,
    CASE instr(execution_batch, '_')
        WHEN 0 THEN execution_batch
        ELSE substr(execution_batch, 1, instr(execution_batch, '_') - 1)
    END,
    CAST(substr(execution_batch, instr(execution_batch, '_') + 1) AS INTEGER),
    min(created_at), max(completed_at), count(*),
    CASE
        WHEN sum(status NOT IN ('completed', 'failed', 'permanently_failed')) > 0 THEN 'cancelled'
        WHEN sum(status = 'completed') > 0 THEN 'completed'
        ELSE 'failed'
    END
FROM new_tasks
WHERE execution_batch NOT IN (SELECT batch_id FROM new_batches)
GROUP BY execution_batch;

WITH counted AS (
    SELECT
        execution_batch, count(*) AS tasks,
        sum(status = 'completed') AS completed, sum(status = 'permanently_failed') AS failed
    FROM new_tasks GROUP BY execution_batch
)
UPDATE new_batches
SET total_tasks = counted.tasks, completed_tasks = counted.completed, failed_tasks = counted.failed
FROM counted
WHERE counted.execution_batch = new_batches.batch_id AND counted.tasks >= coalesce(new_batches.total_tasks, 0);

INSERT INTO upgrade_repairs
SELECT 'execution_batches', new.id, 'batch_id', NULL, new.batch_id
FROM new_batches AS new LEFT JOIN execution_batches AS old USING (id) WHERE old.id IS NULL
UNION ALL
SELECT 'execution_batches', id, 'status', old.status, new.status
FROM new_batches AS new JOIN execution_batches AS old USING (id) WHERE new.status IS NOT old.status
UNION ALL
SELECT 'execution_batches', id, 'total_tasks', old.total_tasks, new.total_tasks
FROM new_batches AS new JOIN execution_batches AS old USING (id) WHERE new.total_tasks IS NOT old.total_tasks
UNION ALL
SELECT 'execution_batches', id, 'completed_tasks', old.completed_tasks, new.completed_tasks
FROM new_batches AS new JOIN execution_batches AS old USING (id)
WHERE new.completed_tasks IS NOT old.completed_tasks
UNION ALL
SELECT 'execution_batches', id, 'failed_tasks', old.failed_tasks, new.failed_tasks
FROM new_batches AS new JOIN execution_batches AS old USING (id)
WHERE new.failed_tasks IS NOT old.failed_tasks
UNION ALL
SELECT 'scraping_tasks', id, 'status', old.status, new.status
FROM new_tasks AS new JOIN scraping_tasks AS old USING (id) WHERE new.status IS NOT old.status
UNION ALL
SELECT 'scraping_tasks', id, 'attempts', old.attempts, new.attempts
FROM new_tasks AS new JOIN scraping_tasks AS old USING (id) WHERE new.attempts IS NOT old.attempts
UNION ALL
SELECT 'scraping_tasks', id, 'max_attempts', old.max_attempts, new.max_attempts
FROM new_tasks AS new JOIN scraping_tasks AS old USING (id) WHERE new.max_attempts IS NOT old.max_attempts
UNION ALL
SELECT 'scraping_tasks', id, 'execution_batch', old.execution_batch, new.execution_batch
FROM new_tasks AS new JOIN scraping_tasks AS old USING (id)
WHERE new.execution_batch IS NOT old.execution_batch
UNION ALL
SELECT 'scraping_tasks', id, 'variant', NULL, variant FROM new_tasks WHERE variant > 1;

DROP TABLE scraping_tasks;
DROP TABLE execution_batches;
ALTER TABLE new_batches RENAME TO execution_batches;
ALTER TABLE new_tasks RENAME TO scraping_tasks;

-- The indexes of 002 went with the old tables.
CREATE INDEX idx_tasks_status ON scraping_tasks(status);
CREATE INDEX idx_tasks_batch ON scraping_tasks(execution_batch);
CREATE INDEX idx_tasks_created ON scraping_tasks(created_at);
CREATE INDEX idx_tasks_scraper ON scraping_tasks(scraper_name);
CREATE INDEX idx_tasks_website ON scraping_tasks(website);
CREATE INDEX idx_batch_progress ON scraping_tasks(execution_batch, status);
CREATE INDEX idx_batches_date ON execution_batches(started_at);
CREATE INDEX idx_batches_status ON execution_batches(status);
