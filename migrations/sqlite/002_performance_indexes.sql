-- Versión: 002
-- Descripción: Agregar índices para optimización

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (2, 'Performance indexes');

CREATE INDEX IF NOT EXISTS idx_tasks_status ON scraping_tasks(status);
CREATE INDEX IF NOT EXISTS idx_tasks_batch ON scraping_tasks(execution_batch);
CREATE INDEX IF NOT EXISTS idx_tasks_created ON scraping_tasks(created_at);
CREATE INDEX IF NOT EXISTS idx_batches_date ON execution_batches(started_at);

-- The document's index section has these too; its own migration 002 leaves them out.
CREATE INDEX IF NOT EXISTS idx_tasks_scraper ON scraping_tasks(scraper_name);
CREATE INDEX IF NOT EXISTS idx_tasks_website ON scraping_tasks(website);
CREATE INDEX IF NOT EXISTS idx_batch_progress ON scraping_tasks(execution_batch, status);
CREATE INDEX IF NOT EXISTS idx_batches_status ON execution_batches(status);
