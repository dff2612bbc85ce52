import type { Kysely } from 'kysely'
import type { NoticeTask } from '../../domain/notice.ts'
import { minutesBetween } from '../dialect.ts'
import type { Tables } from '../tables.ts'

const SECONDS_PER_MINUTE = 60

export async function longestTasks(
  db: Kysely<Tables>,
  batch_id: string,
  limit: number,
): Promise<(NoticeTask & { seconds: number })[]> {
  const rows = await db
    .selectFrom('scraping_tasks')
    .select(['id as task_id', 'scraper_name', 'website', 'city', 'operation', 'product'])
    .select((eb) => minutesBetween(eb.ref('started_at'), eb.ref('completed_at')).as('minutes'))
    .where('execution_batch', '=', batch_id)
    .where('status', '=', 'completed')
    .where('started_at', 'is not', null)
    .where('completed_at', 'is not', null)
    .orderBy('minutes', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ minutes, ...task }) => ({ ...task, seconds: Math.round(minutes * SECONDS_PER_MINUTE) }))
}

export async function mendedTasks(
  db: Kysely<Tables>,
  batch_id: string,
  limit: number,
): Promise<{ total: number; tasks: NoticeTask[] }> {
  const before = await batchBefore(db, batch_id)
  if (before === undefined) return { total: 0, tasks: [] }
  const mended = db
    .selectFrom('scraping_tasks as failed')
    .innerJoin('scraping_tasks as task', (join) =>
      join
        .onRef('task.scraper_name', '=', 'failed.scraper_name')
        .onRef('task.website', '=', 'failed.website')
        .onRef('task.city', '=', 'failed.city')
        .onRef('task.operation', '=', 'failed.operation')
        .onRef('task.product', '=', 'failed.product')
        .onRef('task.variant', '=', 'failed.variant'),
    )
    .where('failed.execution_batch', '=', before)
    .where('failed.status', '=', 'permanently_failed')
    .where('task.execution_batch', '=', batch_id)
    .where('task.status', '=', 'completed')
  const { total } = await mended
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const tasks = await mended
    .select(['task.id as task_id', 'task.scraper_name', 'task.website'])
    .select(['task.city', 'task.operation', 'task.product'])
    .orderBy('task.id')
    .limit(limit)
    .execute()
  return { total, tasks }
}

/** The batch that started last before this one, however it ended. */
async function batchBefore(db: Kysely<Tables>, batch_id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('execution_batches')
    .select('batch_id')
    .where('status', '!=', 'running')
    .where('started_at', '<', (eb) =>
      eb.selectFrom('execution_batches as own').select('own.started_at').where('own.batch_id', '=', batch_id),
    )
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.batch_id
}
