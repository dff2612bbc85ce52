-- Sites that had tasks in the batch before and have none in this one: known when it begins, told at its end too.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (14, 'Absent sites');

-- tasks: how many it had in the batch before.
CREATE TABLE absent_sites (
    execution_batch TEXT NOT NULL REFERENCES execution_batches(batch_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    site TEXT NOT NULL,
    tasks INTEGER NOT NULL,
    before TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (execution_batch, site)
) WITHOUT ROWID;
