import type { Kysely } from 'kysely'
import { COMBINATION } from '../../domain/codes.ts'
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
  // Few have failed for good, many have completed. SQLite joins in another order unless it is a CROSS JOIN, and then
  // looks through all tasks of a site for each one that has completed.
  const mended = db
    .selectFrom('scraping_tasks as failed')
    .crossJoin('scraping_tasks as task')
    .where((eb) => eb.and(COMBINATION.map((column) => eb(`task.${column}`, '=', eb.ref(`failed.${column}`)))))
    .where('failed.status', '=', 'permanently_failed')
    .where('task.status', '=', 'completed')
    .where('task.execution_batch', '=', batch_id)
    .whereRef('task.id', '>', 'failed.id')
    .where((eb) => {
      const between = eb
        .selectFrom('scraping_tasks as between')
        .select('between.id')
        .where((own) =>
          own.and(COMBINATION.map((column) => own(`between.${column}`, '=', own.ref(`failed.${column}`)))),
        )
        .where('between.status', '=', 'completed')
        .whereRef('between.id', '>', 'failed.id')
        .whereRef('between.id', '<', 'task.id')
      return eb.not(eb.exists(between))
    })
  const { total } = await mended
    .select((eb) => eb.fn.count<number>('task.id').distinct().as('total'))
    .executeTakeFirstOrThrow()
  const tasks = await mended
    .select(['task.id as task_id', 'task.scraper_name', 'task.website'])
    .select(['task.city', 'task.operation', 'task.product'])
    .distinct()
    .orderBy('task.id')
    .limit(limit)
    .execute()
  return { total, tasks }
}
