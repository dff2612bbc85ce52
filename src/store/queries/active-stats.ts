import { type Kysely, sql } from 'kysely'
import type { ActiveStats } from '../../domain/stats.ts'
import { FAILED } from '../../domain/task.ts'
import { minutesBetween } from '../dialect.ts'
import { countOf } from './shares.ts'
import type { Tables } from '../tables.ts'

/** What goes on at `now` (UTC as `sqlTime`): the document's three queries of monitoring. */
export async function active(db: Kysely<Tables>, { now }: { now: string }): Promise<ActiveStats> {
  return { latest: await latest(db), batches: await runningBatches(db), tasks: await runningTasks(db, now) }
}

async function latest(db: Kysely<Tables>): Promise<ActiveStats['latest']> {
  const row = await db
    .selectFrom('execution_batches')
    .select(['batch_id', 'status', 'started_at', 'completed_at'])
    .select((eb) => [
      eb.fn.coalesce('total_tasks', eb.lit(0)).as('total_tasks'),
      'completed_tasks',
      'failed_tasks',
      eb
        .case()
        .when('total_tasks', '>', 0)
        .then(sql<number>`round(completed_tasks * 100.0 / total_tasks, 2)`)
        .else(eb.lit(0))
        .end()
        .as('progress_percentage'),
    ])
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** The tasks of one batch at a time: batches that run are few, and one can have many tasks. */
async function runningBatches(db: Kysely<Tables>): Promise<ActiveStats['batches']> {
  const batches = await db
    .selectFrom('execution_batches')
    .select(['batch_id', 'started_at'])
    .select((eb) => eb.fn.coalesce('total_tasks', eb.lit(0)).as('total_tasks'))
    .where('status', '=', 'running')
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return Promise.all(batches.map(async (batch) => ({ ...batch, ...(await progress(db, batch.batch_id)) })))
}

function progress(db: Kysely<Tables>, batch_id: string) {
  return db
    .selectFrom('scraping_tasks')
    .select((eb) => [
      eb.fn.countAll<number>().as('current_tasks'),
      countOf(eb, ['completed']).as('completed'),
      countOf(eb, ['running']).as('running'),
      countOf(eb, ['pending']).as('pending'),
      countOf(eb, FAILED).as('failed'),
    ])
    .where('execution_batch', '=', batch_id)
    .executeTakeFirstOrThrow()
}

function runningTasks(db: Kysely<Tables>, now: string): Promise<ActiveStats['tasks']> {
  return db
    .selectFrom('scraping_tasks')
    .select(['id', 'scraper_name', 'website', 'city', 'operation', 'product', 'started_at'])
    .select((eb) =>
      sql<number | null>`round(${minutesBetween(eb.ref('started_at'), eb.val(now))}, 2)`.as(
        'duration_minutes',
      ),
    )
    .where('status', '=', 'running')
    .orderBy('started_at')
    .orderBy('id')
    .execute()
}
