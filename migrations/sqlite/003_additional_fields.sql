-- Versión: 003
-- Descripción: Agregar campos de métricas adicionales

INSERT OR IGNORE INTO schema_migrations (version, description)
VALUES (3, 'Additional metrics fields');

-- Agregar campos si no existen (Zafra skips those that do)
ALTER TABLE execution_batches ADD COLUMN estimated_duration_minutes INTEGER;
ALTER TABLE execution_batches ADD COLUMN actual_duration_minutes INTEGER;
ALTER TABLE scraping_tasks ADD COLUMN data_records_extracted INTEGER DEFAULT 0;
ALTER TABLE scraping_tasks ADD COLUMN file_size_bytes INTEGER DEFAULT 0;
