import { type Kysely, sql } from 'kysely'
import type { SiteQueue } from '../../domain/store.ts'
import type { Tables } from '../tables.ts'
import { asTask } from './tasks.ts'

// SQLite takes a partial index only where the statuses stand in the statement itself, hence the literals.
const PENDING = sql.lit('pending' as const)
const RETRYING = sql.lit('retrying' as const)

/** The heads of a site's queues: each one is the end of an index. */
export async function siteQueue(
  db: Kysely<Tables>,
  batch_id: string,
  website: string,
  now: string,
): Promise<SiteQueue> {
  const pending = await db
    .selectFrom('scraping_tasks')
    .selectAll()
    .where('execution_batch', '=', batch_id)
    .where('website', '=', website)
    .where('status', '=', PENDING)
    .where('ready', '=', sql.lit(1))
    .orderBy(sql`depends_on IS NULL`)
    .orderBy('order_num')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const first = await retrying(db, batch_id, website, 'asc')
  const last = first && (await retrying(db, batch_id, website, 'desc'))
  return {
    pending: pending && asTask(pending),
    due: first?.retry_at != null && first.retry_at <= now ? asTask(first) : undefined,
    held: last?.retry_at != null && last.retry_at > now ? asTask(last) : undefined,
  }
}

function retrying(db: Kysely<Tables>, batch_id: string, website: string, order: 'asc' | 'desc') {
  return db
    .selectFrom('scraping_tasks')
    .selectAll()
    .where('execution_batch', '=', batch_id)
    .where('website', '=', website)
    .where('status', '=', RETRYING)
    .orderBy('retry_at', order)
    .limit(1)
    .executeTakeFirst()
}

/** The counts name the sites that have retries at all; each one's earliest is the head of an index. */
export async function nextRetryAt(db: Kysely<Tables>, now: string): Promise<string | undefined> {
  const rows = await db
    .selectFrom('execution_batches as batch')
    .innerJoin('task_counts as kept', 'kept.execution_batch', 'batch.batch_id')
    .select((eb) =>
      eb
        .selectFrom('scraping_tasks as task')
        .select((task) => task.fn.min('task.retry_at').as('first'))
        .whereRef('task.execution_batch', '=', 'kept.execution_batch')
        .whereRef('task.website', '=', 'kept.website')
        .where('task.status', '=', RETRYING)
        .where('task.retry_at', '>', now)
        .as('first'),
    )
    .where('batch.status', '=', 'running')
    .where('kept.status', '=', 'retrying')
    .where('kept.tasks', '>', 0)
    .execute()
  return rows
    .map(({ first }) => first)
    .filter((first) => first !== null)
    .sort()[0]
}
