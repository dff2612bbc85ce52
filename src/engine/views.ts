import { resolve } from 'node:path'
import { sqlTime, type Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import { ZafraError } from '../domain/error.ts'
import type { LogReader } from '../domain/logs.ts'
import type { Query, RunningTask, View, Views } from '../domain/query.ts'
import { STATS_DAYS, type Stats, type StatsOf } from '../domain/stats.ts'
import type { Reads } from '../domain/store.ts'
import type { Scheduler } from '../domain/schedule.ts'
import { overview, type Now } from './overview.ts'
import { scheduleView } from './schedule-view.ts'

/** The longest page that a query answers. */
const MAX_PAGE = 1000

const DAY_MS = 24 * 60 * 60 * 1000

export interface ViewParts {
  config: Config
  reads: Reads
  logs: LogReader
  clock: Clock
  scheduler: Scheduler
}

/** Answers a query from the database and from what the engine knows right now. */
export async function answer<Q extends Query>(parts: ViewParts, now: Now, query: Q): Promise<View<Q>> {
  return (await views(parts, now, query)) as View<Q>
}

async function views(parts: ViewParts, now: Now, query: Query): Promise<Views[Query['type']]> {
  const { reads } = parts
  switch (query.type) {
    case 'overview':
      return overview(parts, now, query.batch_id)
    case 'tasks': {
      const { filter, sort, offset, limit } = query
      const page = await reads.tasks(filter, {
        ...(sort && { sort }),
        offset,
        limit: Math.min(limit, MAX_PAGE),
      })
      return { ...page, position: null }
    }
    case 'task':
      return taskView(reads, query.id, now.running)
    case 'batches': {
      const page = await reads.batches({ offset: query.offset, limit: Math.min(query.limit, MAX_PAGE) })
      return { ...page, batches: page.batches.map((batch) => ({ ...batch, rows: 0 })) }
    }
    case 'log':
      return logView(parts, query)
    case 'schedule':
      return scheduleView(parts, { offset: query.offset, limit: Math.min(query.limit, MAX_PAGE) })
    case 'stats':
      return statsView(parts, query)
    default:
      throw new ZafraError('internal', `${query.type} is not answered yet`)
  }
}

function statsView(
  { reads, clock }: ViewParts,
  { of, days = STATS_DAYS[of] ?? 0 }: Extract<Query, { type: 'stats' }>,
): Promise<Stats[StatsOf]> {
  const now = clock.now()
  const since = new Date(now.getTime() - days * DAY_MS)
  return reads.stats(of, { since: sqlTime(since), now: sqlTime(now) })
}

async function taskView(reads: Reads, id: number, running: readonly RunningTask[]): Promise<Views['task']> {
  const task = await reads.task(id)
  if (!task) throw new ZafraError('not_found', `there is no task ${id}; zafra tasks lists them`)
  const attempts = await reads.attempts(id)
  return { task, attempts, running: running.find((each) => each.task_id === id) ?? null }
}

async function logView(parts: ViewParts, query: Extract<Query, { type: 'log' }>): Promise<Views['log']> {
  const { task_id, from, limit, stream } = query
  const attempts = await parts.reads.attempts(task_id)
  const attempt =
    query.attempt === undefined ? attempts.at(-1) : attempts.find((each) => each.number === query.attempt)
  if (!attempt) {
    const which = query.attempt === undefined ? 'has not been tried yet' : `has no attempt ${query.attempt}`
    throw new ZafraError('not_found', `task ${task_id} ${which}`)
  }
  const path = resolve(parts.config.workspace, attempt.log_path)
  const page = await parts.logs.read(path, {
    from,
    limit: Math.min(limit, MAX_PAGE),
    ...(stream && { stream }),
  })
  return { ...page, attempt: attempt.number }
}
