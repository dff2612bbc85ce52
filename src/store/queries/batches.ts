import { type Kysely, type Selectable, sql } from 'kysely'
import type { Batch } from '../../domain/batch.ts'
import { NO_OUTPUTS, type OutputCounts } from '../../domain/check.ts'
import { type SuspectBatch } from '../../domain/suspect.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { AbsentSite } from '../../domain/plan.ts'
import type { SiteCounts } from '../../domain/store.ts'
import { TASK_STATUSES } from '../../domain/task.ts'
import type { StatusCounts } from '../../domain/query.ts'
import { isOneOf } from '../dialect.ts'
import type { Tables } from '../tables.ts'

/** Rows that an older program wrote may say nothing about the total. */
function asBatch(row: Selectable<Tables['execution_batches']>): Batch {
  return { ...row, total_tasks: row.total_tasks ?? 0 }
}

export async function batch(db: Kysely<Tables>, batch_id: string): Promise<Batch | undefined> {
  const row = await all(db).where('batch_id', '=', batch_id).executeTakeFirst()
  return row && asBatch(row)
}

export async function askedOf(db: Kysely<Tables>, batch_id: string): Promise<TaskFilter | null> {
  const row = await db
    .selectFrom('batch_requests')
    .select('asked')
    .where('batch_id', '=', batch_id)
    .executeTakeFirst()
  return row ? (JSON.parse(row.asked) as TaskFilter) : null
}

export async function latestBatch(db: Kysely<Tables>): Promise<Batch | undefined> {
  const row = await newestFirst(db).limit(1).executeTakeFirst()
  return row && asBatch(row)
}

export async function openBatches(db: Kysely<Tables>): Promise<Batch[]> {
  const rows = await all(db).where('status', '=', 'running').orderBy('started_at').orderBy('id').execute()
  return rows.map(asBatch)
}

/** Newest first. */
export async function batches(
  db: Kysely<Tables>,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; batches: Batch[] }> {
  const rows = await newestFirst(db).limit(limit).offset(offset).execute()
  const { total } = await db
    .selectFrom('execution_batches')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { total, batches: rows.map(asBatch) }
}

export async function completedBefore(db: Kysely<Tables>, started_at: string): Promise<Batch | undefined> {
  const row = await newestFirst(db)
    .where('status', '=', 'completed')
    .where('started_at', '<', started_at)
    .limit(1)
    .executeTakeFirst()
  return row && asBatch(row)
}

export async function batchRows(
  db: Kysely<Tables>,
  batch_ids: readonly string[],
): Promise<Map<string, number>> {
  const kept = await db
    .selectFrom('task_counts')
    .select((eb) => ['execution_batch', eb.fn.sum<number>('rows').as('rows')])
    .where((eb) => isOneOf(eb.ref('execution_batch'), batch_ids))
    .groupBy('execution_batch')
    .execute()
  return new Map(kept.map(({ execution_batch, rows }) => [execution_batch, rows]))
}

export async function nextExecutionNumber(db: Kysely<Tables>, month_year: string): Promise<number> {
  const { last } = await db
    .selectFrom('execution_batches')
    .select((eb) => eb.fn.max<number | null>('execution_number').as('last'))
    .where('month_year', '=', month_year)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

export async function siteCounts(db: Kysely<Tables>, batch_id: string): Promise<SiteCounts[]> {
  const kept = await db
    .selectFrom('task_counts')
    .select(['website', 'status', 'tasks', 'rows'])
    .where('execution_batch', '=', batch_id)
    .where('tasks', '>', 0)
    .orderBy('website')
    .execute()
  const outputs = new Map((await outputsOf(db, batch_id)).map((each) => [each.website, each.outputs]))
  return [...Map.groupBy(kept, ({ website }) => website)].map(([website, ofSite]) => ({
    website,
    outputs: outputs.get(website) ?? NO_OUTPUTS,
    counts: {
      ...NONE,
      ...Object.fromEntries(ofSite.map(({ status, tasks }) => [status, tasks])),
    },
    rows: ofSite.reduce((total, { rows }) => total + rows, 0),
  }))
}

async function outputsOf(db: Kysely<Tables>, batch_id: string) {
  const kept = await db
    .selectFrom('output_counts')
    .select(['website', 'suspect', 'accepted', 'failed', 'incomplete'])
    .where('execution_batch', '=', batch_id)
    .execute()
  return kept.map(({ website, ...outputs }) => ({ website, outputs }))
}

/** Of several batches at once, those that have any that are not simply good. */
export async function outputCounts(
  db: Kysely<Tables>,
  batch_ids: readonly string[],
): Promise<Map<string, OutputCounts>> {
  const kept = await db
    .selectFrom('output_counts')
    .select((eb) => [
      'execution_batch',
      eb.fn.sum<number>('suspect').as('suspect'),
      eb.fn.sum<number>('accepted').as('accepted'),
      eb.fn.sum<number>('failed').as('failed'),
      eb.fn.sum<number>('incomplete').as('incomplete'),
    ])
    .where((eb) => isOneOf(eb.ref('execution_batch'), batch_ids))
    .groupBy('execution_batch')
    .execute()
  return new Map(kept.map(({ execution_batch, ...outputs }) => [execution_batch, outputs]))
}

/** Batches of which outputs wait for the operator, the newest first. */
export async function suspectBatches(db: Kysely<Tables>, limit: number): Promise<SuspectBatch[]> {
  const found = await db
    .selectFrom('output_counts')
    .innerJoin('execution_batches as batch', 'batch.batch_id', 'output_counts.execution_batch')
    .select(['batch.batch_id', 'batch.started_at', 'website', 'suspect'])
    .where('suspect', '>', sql.lit(0))
    .orderBy('batch.started_at', 'desc')
    .orderBy('batch.id', 'desc')
    .orderBy('website')
    .execute()
  return [...Map.groupBy(found, ({ batch_id }) => batch_id)].slice(0, limit).map(([batch_id, own]) => ({
    batch_id,
    sites: own.map(({ website, suspect }) => ({ site: website, suspect })),
  }))
}

export function absentSites(db: Kysely<Tables>, batch_id: string): Promise<AbsentSite[]> {
  return db
    .selectFrom('absent_sites')
    .select(['site', 'tasks', 'before', 'reason'])
    .where('execution_batch', '=', batch_id)
    .orderBy('site')
    .execute()
}

const NONE = Object.fromEntries(TASK_STATUSES.map((status) => [status, 0])) as StatusCounts

function all(db: Kysely<Tables>) {
  return db.selectFrom('execution_batches').selectAll()
}

/** By start rather than by id: a batch that an upgrade had to make stands where it belongs. */
function newestFirst(db: Kysely<Tables>) {
  return all(db).orderBy('started_at', 'desc').orderBy('id', 'desc')
}
