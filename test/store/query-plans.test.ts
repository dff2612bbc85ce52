import { expect, test } from 'vitest'
import type { Failure, Reads } from '../../src/domain/store.ts'
import { openKysely } from '../../src/store/driver.ts'
import { Memory, type SqlValue } from '../../src/store/memory.ts'
import { LATEST_VERSION, migrate } from '../../src/store/migrations.ts'
import { createReads } from '../../src/store/queries/reads.ts'
import { planned } from './support.ts'

const NOW = '2025-09-16 10:00:00'

const FAILURE: Failure = {
  task_id: 1,
  number: 1,
  website: 'CyT',
  ended_at: `${NOW}.000`,
  error_class: 'blocked',
  message: 'no',
  task_status: 'retrying',
  key: null,
}

/** A database that remembers how SQLite would answer each query. */
class Explained extends Memory {
  readonly plans: string[] = []

  override all<Row>(sql: string, parameters: readonly SqlValue[] = []): Row[] {
    const plan = super.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters)
    this.plans.push(...plan.map(({ detail }) => detail))
    return super.all<Row>(sql, parameters)
  }
}

/** What the file itself says is no query. */
type Queries = Omit<Reads, 'database'>

const hot: [string, (reads: Queries) => Promise<unknown>, string[]][] = [
  ['siteQueue', (reads) => reads.siteQueue('b', 'CyT', NOW), ['idx_queue_pending', 'idx_queue_retry_at']],
  ['nextRetryAt', (reads) => reads.nextRetryAt(NOW), ['idx_queue_retry_at', 'idx_batches_status']],
  ['siteCounts', (reads) => reads.siteCounts('b'), ['PRIMARY KEY']],
  ['recentErrors', (reads) => reads.recentErrors('b', 20), ['idx_attempts_failed']],
  ['openAttempts', (reads) => reads.openAttempts(), ['idx_attempts_open']],
  ['attempts', (reads) => reads.attempts(1), ['sqlite_autoindex_task_attempts_1']],
  ['lastAttempt', (reads) => reads.lastAttempt(1), ['sqlite_autoindex_task_attempts_1']],
  ['task', (reads) => reads.task(1), ['INTEGER PRIMARY KEY']],
  [
    'previousOutput',
    (reads) => reads.previousOutput({ ...planned(), execution_batch: 'b' }),
    ['idx_outputs', 'idx_tasks_batch'],
  ],
  [
    'pastOutputs',
    (reads) => reads.pastOutputs({ ...planned(), execution_batch: 'b' }),
    ['idx_outputs', 'sqlite_autoindex_task_attempts_1'],
  ],
  ['details', (reads) => reads.details(1), ['idx_tasks_depends_on']],
  ['doubtful', (reads) => reads.doubtful('b', { offset: 0, limit: 50 }), ['idx_attempts_doubtful']],
  [
    'a page of a batch',
    (reads) => reads.tasks({ batch: 'b' }, { offset: 0, limit: 50 }),
    ['idx_tasks_batch', 'PRIMARY KEY'],
  ],
  ['failures', (reads) => reads.failures('b', { after: FAILURE, limit: 50 }), ['idx_attempts_failed']],
  ['batchRows', (reads) => reads.batchRows(['b']), ['PRIMARY KEY']],
  [
    'a piece of a list',
    (reads) => reads.listedTasks({ batch: 'b' }, { after: 1, limit: 50 }),
    ['idx_tasks_batch'],
  ],
  [
    'a slice of a diff',
    (reads) => reads.diffPairs({ from: 'b', to: 'b', filter: {}, after: null, limit: 50 }),
    ['COVERING INDEX sqlite_autoindex_scraping_tasks_1', 'variant)>'],
  ],
  [
    'the sweeps around two batches',
    (reads) => reads.diffSweeps(planned(), 5, 9),
    ['idx_outputs', 'sqlite_autoindex_task_attempts_1'],
  ],
  ['latestBatch', (reads) => reads.latestBatch(), ['idx_batches_date']],
  ['nextDelivery', (reads) => reads.nextDelivery('ops'), ['idx_outbox_queued']],
  ['queuedChannels', (reads) => reads.queuedChannels(), ['idx_outbox_queued']],
]

test.each(hot)('%s walks over no table and sorts nothing', async (_, query, indexes) => {
  const memory = new Explained()
  migrate(memory, 0, LATEST_VERSION, NOW)
  const values = "'cyt', 'CyT', 'Gdl', 'Ven', 'Dep', 'u', 1, 'retrying', 'b'"
  memory.script(`
    INSERT INTO execution_batches (batch_id, month_year, execution_number) VALUES ('b', 'Sep25', 1);
    INSERT INTO scraping_tasks (scraper_name, website, city, operation, product, url, order_num, status, execution_batch, variant, retry_at)
    VALUES (${values}, 1, '2025-09-16 09:00:00'), (${values}, 2, '2025-09-16 11:00:00')
  `)
  memory.plans.length = 0
  await query(createReads(openKysely(memory)))
  const plan = memory.plans.join('\n')
  // The last term: attempts of one task that ended in one millisecond.
  expect(plan).not.toMatch(/TEMP B-TREE(?! FOR LAST TERM)/)
  const scans = memory.plans.filter((line) => /^SCAN(?! json_each)/.test(line) && !line.includes('USING'))
  expect(scans).toEqual([])
  for (const index of indexes) expect(plan).toContain(index)
})

test('mendedTasks looks up what has completed by what had failed, for that is little', async () => {
  const memory = new Explained()
  migrate(memory, 0, LATEST_VERSION, NOW)
  memory.plans.length = 0
  await createReads(openKysely(memory)).mendedTasks('b', 20)
  expect(memory.plans.filter((line) => line.startsWith('SEARCH')).slice(0, 2)).toEqual([
    'SEARCH failed USING INDEX idx_tasks_status (status=?)',
    expect.stringMatching(/^SEARCH task USING INDEX sqlite_autoindex_scraping_tasks_1 .*variant=/),
  ])
})
