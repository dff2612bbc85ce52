import { type Kysely, sql } from 'kysely'
import type { ScraperStats } from '../../domain/stats.ts'
import { FAILED } from '../../domain/task.ts'
import { minutesBetween } from '../dialect.ts'
import { countOf, percent } from './shares.ts'
import { inSlices } from './slices.ts'
import type { Tables } from '../tables.ts'

const SLOW_PERCENT = 95

/** Tasks of one scraper that took as many seconds (null: they did not end). */
interface Took {
  scraper_name: string
  seconds: number | null
  tasks: number
  successful: number
  failed: number
  /** Of those that completed or failed for good, together. */
  attempts: number
}

/** How the scrapers did with the tasks made since then (UTC as `sqlTime`). */
export async function scrapers(db: Kysely<Tables>, { since }: { since: string }): Promise<ScraperStats[]> {
  const took = await inSlices<Took>(db, (slice) =>
    db
      .selectFrom('scraping_tasks')
      .select((eb) => [
        'scraper_name',
        sql<number | null>`round(60 * ${minutesBetween(eb.ref('started_at'), eb.ref('completed_at'))})`.as(
          'seconds',
        ),
        eb.fn.countAll<number>().as('tasks'),
        countOf(eb, ['completed']).as('successful'),
        countOf(eb, FAILED).as('failed'),
        sql<number>`coalesce(sum(attempts) FILTER (WHERE ${eb('status', 'in', ['completed', ...FAILED])}), 0)`.as(
          'attempts',
        ),
      ])
      .where(slice)
      .where('created_at', '>=', since)
      .groupBy(['scraper_name', 'seconds'])
      .execute(),
  )
  return [...Map.groupBy(took, ({ scraper_name }) => scraper_name)]
    .map(([scraper_name, own]) => statsOf(scraper_name, own))
    .sort(
      (a, b) => (b.success_rate ?? -1) - (a.success_rate ?? -1) || (a.scraper_name < b.scraper_name ? -1 : 1),
    )
}

function statsOf(scraper_name: string, took: readonly Took[]): ScraperStats {
  const sum = (of: 'tasks' | 'successful' | 'failed' | 'attempts') =>
    took.reduce((total, each) => total + each[of], 0)
  const ended = took.flatMap(({ seconds, tasks }) => (seconds === null ? [] : [{ seconds, tasks }]))
  const finished = sum('successful') + sum('failed')
  return {
    scraper_name,
    total_executions: sum('tasks'),
    successful: sum('successful'),
    failed: sum('failed'),
    success_rate: percent(sum('successful'), finished),
    avg_attempts: finished === 0 ? null : sum('attempts') / finished,
    ...minutesOf(ended),
  }
}

/** The slow ones took no less than the least time that 95 of 100 did not exceed (nearest rank). */
function minutesOf(
  ended: readonly { seconds: number; tasks: number }[],
): Pick<ScraperStats, 'avg_duration_minutes' | 'p95_duration_minutes'> {
  const all = ended.reduce((total, { tasks }) => total + tasks, 0)
  if (all === 0) return { avg_duration_minutes: null, p95_duration_minutes: null }
  const seconds = ended.reduce((total, each) => total + each.seconds * each.tasks, 0)
  let left = Math.ceil((all * SLOW_PERCENT) / 100)
  const slow = ended.toSorted((a, b) => a.seconds - b.seconds).find(({ tasks }) => (left -= tasks) <= 0)
  return { avg_duration_minutes: seconds / all / 60, p95_duration_minutes: (slow?.seconds ?? 0) / 60 }
}
