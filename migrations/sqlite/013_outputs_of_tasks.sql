-- How the output of each task stands, beside the task, so that lists show and choose by it; and what a batch was asked for.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (13, 'Outputs of tasks');

-- output_check: null where nothing was checked. output_expected: what the portal counts.
ALTER TABLE scraping_tasks ADD COLUMN output_check TEXT CHECK (
    output_check IN ('ok', 'suspect', 'accepted', 'failed')
);
ALTER TABLE scraping_tasks ADD COLUMN output_complete INTEGER CHECK (output_complete IN (0, 1));
ALTER TABLE scraping_tasks ADD COLUMN output_expected INTEGER;

-- The filter that a batch was started with, as JSON; an older program kept none.
CREATE TABLE batch_requests (
    batch_id TEXT PRIMARY KEY NOT NULL,
    asked TEXT NOT NULL
) WITHOUT ROWID;

UPDATE scraping_tasks
SET output_check = CASE WHEN attempt.accepted_at IS NULL THEN attempt.verdict ELSE 'accepted' END,
    output_complete = attempt.facts ->> '$.complete',
    output_expected = attempt.facts ->> '$.expected'
FROM task_attempts AS attempt
WHERE attempt.task_id = scraping_tasks.id AND attempt.outcome = 'completed'
    AND scraping_tasks.status = 'completed';

UPDATE scraping_tasks
SET output_check = 'failed'
WHERE status IN ('retrying', 'failed', 'permanently_failed') AND 'failed' = (
    SELECT verdict FROM task_attempts
    WHERE task_id = scraping_tasks.id ORDER BY number DESC LIMIT 1
);

-- Of each batch and site, the outputs that are not simply good; kept as tasks change.
CREATE TABLE output_counts (
    execution_batch TEXT NOT NULL,
    website TEXT NOT NULL,
    suspect INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    incomplete INTEGER NOT NULL,
    PRIMARY KEY (execution_batch, website)
) WITHOUT ROWID;

INSERT INTO output_counts
SELECT
    execution_batch, website,
    sum(output_check IS 'suspect'), sum(output_check IS 'accepted'), sum(output_check IS 'failed'),
    sum(output_complete IS 0)
FROM scraping_tasks
WHERE output_check <> 'ok' OR output_complete = 0
GROUP BY execution_batch, website;

CREATE TRIGGER count_changed_output AFTER UPDATE OF output_check, output_complete ON scraping_tasks
WHEN new.execution_batch IS NOT NULL AND (
    coalesce(old.output_check, 'ok') <> coalesce(new.output_check, 'ok')
    OR (old.output_complete IS 0) <> (new.output_complete IS 0)
)
BEGIN
    INSERT INTO output_counts VALUES (
        new.execution_batch, new.website,
        (new.output_check IS 'suspect') - (old.output_check IS 'suspect'),
        (new.output_check IS 'accepted') - (old.output_check IS 'accepted'),
        (new.output_check IS 'failed') - (old.output_check IS 'failed'),
        (new.output_complete IS 0) - (old.output_complete IS 0)
    )
    ON CONFLICT DO UPDATE SET
        suspect = suspect + excluded.suspect, accepted = accepted + excluded.accepted,
        failed = failed + excluded.failed, incomplete = incomplete + excluded.incomplete;
END;

CREATE TRIGGER count_gone_output AFTER DELETE ON scraping_tasks
WHEN coalesce(old.output_check, 'ok') <> 'ok' OR old.output_complete IS 0
BEGIN
    UPDATE output_counts
    SET suspect = suspect - (old.output_check IS 'suspect'), accepted = accepted - (old.output_check IS 'accepted'),
        failed = failed - (old.output_check IS 'failed'), incomplete = incomplete - (old.output_complete IS 0)
    WHERE execution_batch = old.execution_batch AND website = old.website;
END;

CREATE INDEX idx_tasks_suspect ON scraping_tasks(execution_batch, id) WHERE output_check = 'suspect';
CREATE INDEX idx_outputs_suspect ON output_counts(execution_batch) WHERE suspect > 0;
