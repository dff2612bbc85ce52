/** A query whose speed matters, and the indexes with which it was meant to be answered: one of them is enough. */
export interface CriticalQuery {
  name: string
  sql: string
  indexes: readonly string[]
}

/**
 * The schema document's own ("Consultas Optimizadas Comunes", "Query Analyzer"), with the indexes that it names;
 * then one for each further index of its list, by the purpose that it is given there.
 */
export const CRITICAL_QUERIES: readonly CriticalQuery[] = [
  {
    name: 'state of the system',
    sql: 'SELECT * FROM execution_batches ORDER BY started_at DESC LIMIT 1',
    indexes: ['idx_batches_date'],
  },
  {
    name: 'progress of a batch',
    sql: `SELECT status, COUNT(*) as count FROM scraping_tasks
      WHERE execution_batch = 'Sep25_01' GROUP BY status`,
    indexes: ['idx_batch_progress'],
  },
  {
    name: 'tasks that failed lately',
    sql: `SELECT scraper_name, website, error_message FROM scraping_tasks
      WHERE status = 'failed' AND created_at >= datetime('now', '-7 days') ORDER BY created_at DESC`,
    indexes: ['idx_tasks_created', 'idx_tasks_status'],
  },
  {
    name: 'figures by scraper',
    sql: `SELECT scraper_name, COUNT(*) as total,
        SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) as completed,
        SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) as failed
      FROM scraping_tasks WHERE created_at >= datetime('now', '-30 days') GROUP BY scraper_name`,
    indexes: ['idx_tasks_scraper'],
  },
  {
    name: 'what a batch completed',
    sql: `SELECT * FROM scraping_tasks
      WHERE execution_batch = 'Sep25_01' AND status = 'completed' ORDER BY completed_at`,
    indexes: ['idx_batch_progress'],
  },
  {
    name: 'tasks by scraper, lately',
    sql: `SELECT scraper_name, COUNT(*) FROM scraping_tasks
      WHERE created_at >= datetime('now', '-7 days') GROUP BY scraper_name`,
    indexes: ['idx_tasks_scraper', 'idx_tasks_created'],
  },
  {
    name: 'tasks that run',
    sql: `SELECT * FROM scraping_tasks WHERE status = 'running' ORDER BY started_at`,
    indexes: ['idx_tasks_status'],
  },
  {
    name: 'tasks of a batch',
    sql: `SELECT * FROM scraping_tasks WHERE execution_batch = 'Sep25_01' ORDER BY id`,
    indexes: ['idx_tasks_batch'],
  },
  {
    name: 'tasks since a moment',
    sql: `SELECT * FROM scraping_tasks WHERE created_at >= '2025-09-16 10:00:00'`,
    indexes: ['idx_tasks_created'],
  },
  {
    name: 'tasks of a site',
    sql: `SELECT * FROM scraping_tasks WHERE website = 'CyT'`,
    indexes: ['idx_tasks_website'],
  },
  {
    name: 'batches that run',
    sql: `SELECT * FROM execution_batches WHERE status = 'running'`,
    indexes: ['idx_batches_status'],
  },
]
