-- What is to be told to whom: each notice stands here from the transaction of its cause until a channel took it.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (9, 'Outbox of notices');

-- seq: the order of a channel. notice: JSON. reason: why the last try failed, or why it was given up.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE NOT NULL,
    channel TEXT NOT NULL,
    event TEXT NOT NULL,
    notice TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'given_up')),
    tries INTEGER NOT NULL,
    next_try_at TIMESTAMP,
    ended_at TIMESTAMP,
    reason TEXT
);

CREATE INDEX idx_outbox_queued ON outbox(channel, seq) WHERE state = 'queued';
CREATE INDEX idx_outbox_ended ON outbox(ended_at) WHERE ended_at IS NOT NULL;
