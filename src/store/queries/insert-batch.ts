import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Batch } from '../../domain/batch.ts'
import type { PlannedTask } from '../../domain/plan.ts'
import type { NewBatch } from '../../domain/store.ts'
import { batch as readBatch } from './batches.ts'
import { rowsOf } from '../dialect.ts'
import type { Tables } from '../tables.ts'
import { ZafraError } from '../../domain/error.ts'

/** Tasks per statement: few enough that the process answers others in between. */
const CHUNK = 1_000

/** One transaction is one record of the journal, which is one string: half of what that can hold. */
const MOST_TASKS = 500_000

const COLUMNS = [
  'id',
  'scraper_name',
  'website',
  'city',
  'operation',
  'product',
  'url',
  'order_num',
  'status',
  'attempts',
  'max_attempts',
  'created_at',
  'execution_batch',
  'output_path',
  'data_records_extracted',
  'file_size_bytes',
  'variant',
  'depends_on',
  'ready',
] as const

/**
 * Inserts the batch and its tasks inside the transaction `db`.
 * @throws ZafraError `conflict` where there is such a batch, or it is too large
 */
export async function insertBatch(
  db: Kysely<Tables>,
  { asked, ...batch }: NewBatch,
  tasks: readonly PlannedTask[],
  max_attempts: number,
): Promise<Batch> {
  if (await readBatch(db, batch.batch_id)) {
    throw new ZafraError(
      'conflict',
      `there is a batch ${batch.batch_id} already; plan again for the next one`,
    )
  }
  if (tasks.length > MOST_TASKS) {
    throw new ZafraError(
      'conflict',
      `batch ${batch.batch_id} would have ${tasks.length} tasks; one batch holds at most ${MOST_TASKS}: run the lists ` +
        'in parts, for example with --site',
    )
  }
  await db
    .insertInto('execution_batches')
    .values({
      ...batch,
      completed_at: null,
      total_tasks: tasks.length,
      completed_tasks: 0,
      failed_tasks: 0,
      status: 'running',
      actual_duration_minutes: null,
    })
    .execute()
  if (asked) {
    const request = { batch_id: batch.batch_id, asked: JSON.stringify(asked) }
    await db.insertInto('batch_requests').values(request).execute()
  }
  const first = await nextTaskId(db)
  for (let start = 0; start < tasks.length; start += CHUNK) {
    const rows = tasks
      .slice(start, start + CHUNK)
      .map((task, at) => taskRow(task, { id: first + start + at, first, batch, max_attempts }))
    await db.insertInto('scraping_tasks').columns(COLUMNS).expression(rowsOf(rows, COLUMNS)).execute()
    await setImmediate()
  }
  const inserted = await readBatch(db, batch.batch_id)
  if (!inserted) throw new ZafraError('internal', `batch ${batch.batch_id} is not where it was just written`)
  return inserted
}

/** Ids are given here and not by the table, so that a detail task can name its main task. */
async function nextTaskId(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('sqlite_sequence')
    .select('seq')
    .where('name', '=', 'scraping_tasks')
    .executeTakeFirst()
  return (row?.seq ?? 0) + 1
}

function taskRow(
  { depends_on, ...planned }: PlannedTask,
  { id, first, batch, max_attempts }: { id: number; first: number; batch: NewBatch; max_attempts: number },
) {
  return {
    ...planned,
    id,
    status: 'pending' as const,
    attempts: 0,
    max_attempts,
    created_at: batch.started_at,
    execution_batch: batch.batch_id,
    data_records_extracted: 0,
    file_size_bytes: 0,
    depends_on: depends_on === null ? null : first + depends_on,
    ready: depends_on === null ? 1 : 0,
  }
}
