-- A detail task that cannot run is skipped, with its reason: its main task failed for good or was cancelled, or its
-- main task's output is suspect. SQLite takes the new status only with the table.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (12, 'Skipped tasks');

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
        ('pending', 'running', 'completed', 'failed', 'retrying', 'permanently_failed', 'skipped', 'cancelled')),
    CONSTRAINT ck_attempts CHECK (attempts >= 0 AND attempts <= max_attempts)
);

-- Ids are never given twice, not even those of rows that are gone.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'new_tasks', seq FROM sqlite_sequence WHERE name = 'scraping_tasks';

INSERT INTO new_tasks SELECT * FROM scraping_tasks;

DROP TABLE scraping_tasks;
ALTER TABLE new_tasks RENAME TO scraping_tasks;

-- The indexes and triggers of 004 and 006 went with the old table.
CREATE INDEX idx_tasks_status ON scraping_tasks(status);
CREATE INDEX idx_tasks_batch ON scraping_tasks(execution_batch);
CREATE INDEX idx_tasks_created ON scraping_tasks(created_at);
CREATE INDEX idx_tasks_scraper ON scraping_tasks(scraper_name);
CREATE INDEX idx_tasks_website ON scraping_tasks(website);
CREATE INDEX idx_batch_progress ON scraping_tasks(execution_batch, status);
CREATE INDEX idx_queue_pending ON scraping_tasks(execution_batch, website, (depends_on IS NULL), order_num, id)
    WHERE status = 'pending' AND ready = 1;
CREATE INDEX idx_queue_retry_at ON scraping_tasks(execution_batch, website, retry_at)
    WHERE status = 'retrying';
CREATE INDEX idx_tasks_depends_on ON scraping_tasks(depends_on) WHERE depends_on IS NOT NULL;
CREATE INDEX idx_outputs ON scraping_tasks(
    scraper_name, website, city, operation, product, variant, id
) WHERE status = 'completed';

-- To a batch a skipped task is a failed one: nothing of it is still to come.
CREATE TRIGGER count_new_task AFTER INSERT ON scraping_tasks
WHEN new.execution_batch IS NOT NULL
BEGIN
    INSERT INTO task_counts VALUES (
        new.execution_batch, new.website, new.status, 1,
        CASE new.status WHEN 'completed' THEN coalesce(new.data_records_extracted, 0) ELSE 0 END
    )
    ON CONFLICT DO UPDATE SET tasks = tasks + 1, rows = rows + excluded.rows;
    UPDATE execution_batches
    SET completed_tasks = completed_tasks + (new.status = 'completed'),
        failed_tasks = failed_tasks + (new.status IN ('permanently_failed', 'skipped'))
    WHERE batch_id = new.execution_batch AND new.status IN ('completed', 'permanently_failed', 'skipped');
END;

CREATE TRIGGER count_changed_task
AFTER UPDATE OF status, data_records_extracted, website, execution_batch ON scraping_tasks
WHEN new.execution_batch IS NOT NULL AND old.execution_batch IS NOT NULL
BEGIN
    UPDATE task_counts
    SET tasks = tasks - 1,
        rows = rows - CASE old.status WHEN 'completed' THEN coalesce(old.data_records_extracted, 0) ELSE 0 END
    WHERE execution_batch = old.execution_batch AND website = old.website AND status = old.status;
    INSERT INTO task_counts VALUES (
        new.execution_batch, new.website, new.status, 1,
        CASE new.status WHEN 'completed' THEN coalesce(new.data_records_extracted, 0) ELSE 0 END
    )
    ON CONFLICT DO UPDATE SET tasks = tasks + 1, rows = rows + excluded.rows;
    UPDATE execution_batches
    SET completed_tasks = completed_tasks - (old.status = 'completed'),
        failed_tasks = failed_tasks - (old.status IN ('permanently_failed', 'skipped'))
    WHERE batch_id = old.execution_batch AND old.status IN ('completed', 'permanently_failed', 'skipped');
    UPDATE execution_batches
    SET completed_tasks = completed_tasks + (new.status = 'completed'),
        failed_tasks = failed_tasks + (new.status IN ('permanently_failed', 'skipped'))
    WHERE batch_id = new.execution_batch AND new.status IN ('completed', 'permanently_failed', 'skipped');
END;

-- A batch keeps saying how it went when maintenance cleans its tasks away, so its own counts stay.
CREATE TRIGGER count_gone_task AFTER DELETE ON scraping_tasks
WHEN old.execution_batch IS NOT NULL
BEGIN
    UPDATE task_counts
    SET tasks = tasks - 1,
        rows = rows - CASE old.status WHEN 'completed' THEN coalesce(old.data_records_extracted, 0) ELSE 0 END
    WHERE execution_batch = old.execution_batch AND website = old.website AND status = old.status;
END;

-- What was left pending though it could not run. In a batch that runs, a task that failed for now is tried again.
UPDATE scraping_tasks
SET status = 'skipped',
    completed_at = coalesce(main.completed_at, scraping_tasks.created_at),
    error_message = CASE main.status
        WHEN 'cancelled' THEN 'its main task was cancelled'
        WHEN 'completed' THEN 'the output of its main task is suspect, and not accepted'
        ELSE 'its main task failed' || coalesce(': ' || main.error_message, '')
    END
FROM scraping_tasks AS main JOIN execution_batches AS batch ON batch.batch_id = main.execution_batch
WHERE scraping_tasks.status = 'pending' AND scraping_tasks.ready = 0 AND main.id = scraping_tasks.depends_on AND (
    main.status IN ('permanently_failed', 'cancelled', 'completed')
    OR (main.status = 'failed' AND batch.status <> 'running')
);
