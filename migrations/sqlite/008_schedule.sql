-- The ledger of due moments, and what is remembered of each schedule over restarts.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (8, 'Schedules and their slots');

-- looked_at: every slot up to then is decided; null: it begins anew. enabled: the operator's word; null: none.
CREATE TABLE schedules (
    name TEXT PRIMARY KEY NOT NULL,
    cron TEXT NOT NULL,
    looked_at TIMESTAMP,
    enabled INTEGER CHECK (enabled IN (0, 1))
);

CREATE TABLE schedule_slots (
    schedule TEXT NOT NULL,
    slot TIMESTAMP NOT NULL,
    decision TEXT NOT NULL CHECK (
        decision IN ('ran', 'caught_up', 'queued', 'skipped_overlap', 'missed', 'failed')
    ),
    decided_at TIMESTAMP NOT NULL,
    batch_id TEXT,
    reason TEXT NOT NULL,
    CONSTRAINT uk_slot UNIQUE (schedule, slot)
);

CREATE INDEX idx_slots_latest ON schedule_slots(slot, schedule);
CREATE INDEX idx_slots_queued ON schedule_slots(slot, schedule) WHERE decision = 'queued';
