-- How long a portal asked to be left alone: kept beside the pauses, so that neither takes the place of the other.

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (11, 'What portals asked for');

CREATE TABLE site_waits (
    site TEXT PRIMARY KEY NOT NULL,
    since TIMESTAMP NOT NULL,
    until TIMESTAMP NOT NULL,
    reason TEXT NOT NULL
);
