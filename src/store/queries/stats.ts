import { type Kysely, sql } from 'kysely'
import type { DayStats, ErrorStats, IncompleteBatch, ProblemTask } from '../../domain/stats.ts'
import type { Stats, StatsOf } from '../../domain/stats.ts'
import { FAILED } from '../../domain/task.ts'
import { active } from './active-stats.ts'
import { databaseStats } from './database-stats.ts'
import { scrapers } from './scraper-stats.ts'
import { countOf, percent } from './shares.ts'
import { inSlices } from './slices.ts'
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

async function trends(db: Kysely<Tables>, { since }: Span): Promise<DayStats[]> {
  const date = sql<string>`date(created_at)`
  const shares = await inSlices(db, (slice) =>
    db
      .selectFrom('scraping_tasks')
      .select((eb) => [
        date.as('date'),
        eb.fn.countAll<number>().as('tasks'),
        countOf(eb, ['completed']).as('completed'),
        countOf(eb, FAILED).as('failed'),
      ])
      .where(slice)
      .where('created_at', '>=', since)
      .groupBy(date)
      .execute(),
  )
  return [...Map.groupBy(shares, (share) => share.date)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, own]) => {
      const sum = (of: 'tasks' | 'completed' | 'failed') => own.reduce((total, each) => total + each[of], 0)
      const completed_tasks = sum('completed')
      return {
        date: day,
        total_tasks: sum('tasks'),
        completed_tasks,
        daily_success_rate: percent(completed_tasks, completed_tasks + sum('failed')),
      }
    })
}

async function errors(db: Kysely<Tables>, { since }: Span): Promise<ErrorStats[]> {
  const shares = await inSlices(db, (slice) =>
    db
      .selectFrom('scraping_tasks')
      .select((eb) => [
        eb.ref('error_message').$notNull().as('error_message'),
        'scraper_name',
        eb.fn.countAll<number>().as('frequency'),
        eb.fn.max<string>('created_at').as('last_occurrence'),
      ])
      .where(slice)
      .where('status', 'in', FAILED)
      .where('error_message', 'is not', null)
      .where('created_at', '>=', since)
      .groupBy(['error_message', 'scraper_name'])
      .execute(),
  )
  return [...Map.groupBy(shares, (share) => share.error_message)]
    .map(([error_message, own]) => ({
      error_message,
      frequency: own.reduce((sum, { frequency }) => sum + frequency, 0),
      affected_scrapers: [...new Set(own.map(({ scraper_name }) => scraper_name))].sort().join(','),
      last_occurrence: own.map((share) => share.last_occurrence).reduce((a, b) => (a > b ? a : b)),
    }))
    .sort((a, b) => b.frequency - a.frequency || (a.error_message < b.error_message ? -1 : 1))
    .slice(0, MOST_ERRORS)
}

async function problems(db: Kysely<Tables>): Promise<ProblemTask[]> {
  const tasks = await inSlices(db, (slice) =>
    db
      .selectFrom('scraping_tasks')
      .select(['id', 'scraper_name', 'website', 'city', 'url', 'status', 'attempts'])
      .select(['error_message', 'created_at'])
      .where(slice)
      .where('attempts', '>=', MANY_ATTEMPTS)
      .where('status', 'in', [...FAILED, 'retrying'])
      .orderBy('id')
      .execute(),
  )
  const newest = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? 1 : a === b ? 0 : -1)
  return tasks.sort((a, b) => b.attempts - a.attempts || newest(a.created_at, b.created_at))
}

const INCOMPLETE = sql<number>`(
  SELECT coalesce(sum(incomplete), 0) FROM output_counts WHERE execution_batch = execution_batches.batch_id
)`

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
      INCOMPLETE.as('incomplete_outputs'),
    ])
    .where((eb) => eb.or([eb('total_tasks', '>', ended), eb(INCOMPLETE, '>', 0)]))
    .where('started_at', '>=', since)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}
