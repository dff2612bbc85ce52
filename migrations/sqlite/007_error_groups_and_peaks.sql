-- What like failures have in common, so that they can be put together, and the most an attempt took of the machine.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (7, 'Error groups and peaks of attempts');

-- error_key: what errorKey makes of the message; null in older rows, which stand by their message.
ALTER TABLE task_attempts ADD COLUMN error_key TEXT;
ALTER TABLE task_attempts ADD COLUMN peak_cpu_percent REAL;
ALTER TABLE task_attempts ADD COLUMN peak_memory_bytes INTEGER;
