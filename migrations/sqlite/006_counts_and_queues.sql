-- What is asked after every change must not cost a walk over all tasks: counts are kept as tasks change, and
-- what waits stands in small indexes of its own.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (6, 'Counts and queues');

-- rows: data rows of completed tasks.
CREATE TABLE task_counts (
    execution_batch TEXT NOT NULL,
    website TEXT NOT NULL,
    status TEXT NOT NULL,
    tasks INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (execution_batch, website, status)
) WITHOUT ROWID;

INSERT INTO task_counts
SELECT
    execution_batch, website, status, count(*),
    sum(CASE status WHEN 'completed' THEN coalesce(data_records_extracted, 0) ELSE 0 END)
FROM scraping_tasks
GROUP BY execution_batch, website, status;

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
        failed_tasks = failed_tasks + (new.status = 'permanently_failed')
    WHERE batch_id = new.execution_batch AND new.status IN ('completed', 'permanently_failed');
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
        failed_tasks = failed_tasks - (old.status = 'permanently_failed')
    WHERE batch_id = old.execution_batch AND old.status IN ('completed', 'permanently_failed');
    UPDATE execution_batches
    SET completed_tasks = completed_tasks + (new.status = 'completed'),
        failed_tasks = failed_tasks + (new.status = 'permanently_failed')
    WHERE batch_id = new.execution_batch AND new.status IN ('completed', 'permanently_failed');
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

CREATE INDEX idx_queue_pending ON scraping_tasks(execution_batch, website, (depends_on IS NULL), order_num, id)
    WHERE status = 'pending' AND ready = 1;
CREATE INDEX idx_queue_retry_at ON scraping_tasks(execution_batch, website, retry_at)
    WHERE status = 'retrying';
CREATE INDEX idx_tasks_depends_on ON scraping_tasks(depends_on) WHERE depends_on IS NOT NULL;
CREATE INDEX idx_outputs ON scraping_tasks(
    scraper_name, website, city, operation, product, variant, id
) WHERE status = 'completed';
