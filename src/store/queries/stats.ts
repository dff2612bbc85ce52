import { type Kysely, sql } from 'kysely'
import type { DayStats, ErrorStats, IncompleteBatch, ProblemTask } from '../../domain/stats.ts'
import type { ScraperStats, Stats, StatsOf } from '../../domain/stats.ts'
import { active } from './active-stats.ts'
import { databaseStats } from './database-stats.ts'
import { distinctJoined, minutesBetween } from '../dialect.ts'
import { countOf, FAILED, successRate } from './shares.ts'
import type { Tables } from '../tables.ts'

const MOST_ERRORS = 10
const MANY_ATTEMPTS = 2

/** Both UTC as `sqlTime`. */
interface Span {
  since: string
  now: string
}

/** The schema document's queries of monitoring, analysis and diagnosis. */
export async function stats<Of extends StatsOf>(db: Kysely<Tables>, of: Of, span: Span): Promise<Stats[Of]> {
  return QUERIES[of](db, span)
}

const QUERIES: { [Of in StatsOf]: (db: Kysely<Tables>, span: Span) => Promise<Stats[Of]> } = {
  scrapers,
  trends,
  errors,
  problems,
  incomplete,
  active,
  database: databaseStats,
}

async function scrapers(db: Kysely<Tables>, { since }: Span): Promise<ScraperStats[]> {
  const rows = await db
    .selectFrom('scraping_tasks')
    .select((eb) => {
      const minutes = minutesBetween(eb.ref('started_at'), eb.ref('completed_at'))
      return [
        'scraper_name',
        eb.fn.countAll<number>().as('total_executions'),
        countOf(eb, ['completed']).as('successful'),
        countOf(eb, FAILED).as('failed'),
        successRate(eb).as('success_rate'),
        eb.fn.avg<number>('attempts').as('avg_attempts'),
        eb.fn.avg<number | null>(minutes).as('avg_duration_minutes'),
        eb.fn.count<number>(minutes).as('ended'),
      ]
    })
    .where('created_at', '>=', since)
    .groupBy('scraper_name')
    .orderBy('success_rate', 'desc')
    .orderBy('scraper_name')
    .execute()
  const result: ScraperStats[] = []
  for (const { ended, ...row } of rows)
    result.push({ ...row, p95_duration_minutes: await slowMinutes(db, since, row.scraper_name, ended) })
  return result
}

/** The least time that 95 of 100 of the `ended` tasks of a scraper did not exceed (nearest rank). */
async function slowMinutes(
  db: Kysely<Tables>,
  since: string,
  scraper_name: string,
  ended: number,
): Promise<number | null> {
  if (ended === 0) return null
  const row = await db
    .selectFrom('scraping_tasks')
    .select((eb) => minutesBetween(eb.ref('started_at'), eb.ref('completed_at')).as('minutes'))
    .where('scraper_name', '=', scraper_name)
    .where('created_at', '>=', since)
    .where('started_at', 'is not', null)
    .where('completed_at', 'is not', null)
    // From the slowest on, as only so many have to be kept in order.
    .orderBy('minutes', 'desc')
    .limit(1)
    .offset(ended - Math.ceil((ended * SLOW_PERCENT) / 100))
    .executeTakeFirst()
  return row?.minutes ?? null
}

const SLOW_PERCENT = 95

function trends(db: Kysely<Tables>, { since }: Span): Promise<DayStats[]> {
  const date = sql<string>`date(created_at)`
  return db
    .selectFrom('scraping_tasks')
    .select((eb) => [
      date.as('date'),
      eb.fn.countAll<number>().as('total_tasks'),
      countOf(eb, ['completed']).as('completed_tasks'),
      successRate(eb).as('daily_success_rate'),
    ])
    .where('created_at', '>=', since)
    .groupBy(date)
    .orderBy('date')
    .execute()
}

function errors(db: Kysely<Tables>, { since }: Span): Promise<ErrorStats[]> {
  return db
    .selectFrom('scraping_tasks')
    .select((eb) => [
      eb.ref('error_message').$notNull().as('error_message'),
      eb.fn.countAll<number>().as('frequency'),
      distinctJoined(eb.ref('scraper_name')).as('affected_scrapers'),
      eb.fn.max<string>('created_at').as('last_occurrence'),
    ])
    .where('status', 'in', FAILED)
    .where('error_message', 'is not', null)
    .where('created_at', '>=', since)
    .groupBy('error_message')
    .orderBy('frequency', 'desc')
    .orderBy('error_message')
    .limit(MOST_ERRORS)
    .execute()
}

function problems(db: Kysely<Tables>): Promise<ProblemTask[]> {
  return db
    .selectFrom('scraping_tasks')
    .select(['id', 'scraper_name', 'website', 'city', 'url', 'status', 'attempts'])
    .select(['error_message', 'created_at'])
    .where('attempts', '>=', MANY_ATTEMPTS)
    .where('status', 'in', [...FAILED, 'retrying'])
    .orderBy('attempts', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

function incomplete(db: Kysely<Tables>, { since }: Span): Promise<IncompleteBatch[]> {
  const ended = sql<number>`(completed_tasks + failed_tasks)`
  return db
    .selectFrom('execution_batches')
    .select((eb) => [
      'batch_id',
      'started_at',
      eb.ref('total_tasks').$notNull().as('total_tasks'),
      'completed_tasks',
      'failed_tasks',
      eb('total_tasks', '-', ended).$castTo<number>().as('pending_tasks'),
    ])
    .where('total_tasks', '>', ended)
    .where('started_at', '>=', since)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}
