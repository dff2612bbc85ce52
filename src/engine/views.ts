import type { Batch } from '../domain/batch.ts'
import { NO_OUTPUTS } from '../domain/check.ts'
import { sqlTime, type Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import type { Comparer } from '../domain/diff.ts'
import type { LogReader } from '../domain/logs.ts'
import type { Machine } from '../domain/machine.ts'
import type { OutputReader } from '../domain/outputs.ts'
import type { Planner } from '../domain/plan.ts'
import type { BatchSummary, Query, RunningTask, View, Views } from '../domain/query.ts'
import { STATS_DAYS, type Stats, type StatsOf } from '../domain/stats.ts'
import type { Reads } from '../domain/store.ts'
import type { Scheduler } from '../domain/schedule.ts'
import type { Kept } from './kept.ts'
import { namedBatch, namedTask } from './named.ts'
import { overview, type Now } from './overview.ts'
import { scheduleView } from './schedule-view.ts'
import { diffView } from './views/diff.ts'
import { errorsView } from './views/errors.ts'
import { logMatches, logView } from './views/log.ts'
import { outputView } from './views/output.ts'
import { planView } from './views/plan.ts'
import { suspectsView } from './views/suspects.ts'
import { systemView } from './views/system.ts'
import { taskIds, tasksView } from './views/tasks.ts'
import type { Vitals } from './vitals.ts'

/** The longest page that a query answers. */
const MAX_PAGE = 1000

const DAY_MS = 24 * 60 * 60 * 1000

export interface ViewParts extends Pick<Kept, 'lists' | 'failures' | 'diffs'> {
  config: Config
  reads: Reads
  planner: Planner
  machine: Machine
  logs: LogReader
  outputs: OutputReader
  comparer: Comparer
  vitals: Vitals
  version: string
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
    case 'tasks':
      return tasksView(parts, bounded(query))
    case 'task_ids':
      return taskIds(parts, query.filter)
    case 'task':
      return taskView(parts, query.id, now.running)
    case 'batches':
      return batchesView(reads, bounded(query))
    case 'log':
      return logView(parts, bounded(query))
    case 'log_matches':
      return logMatches(parts, query)
    case 'output':
      return outputView(parts, query)
    case 'errors':
      return errorsView(parts, bounded(query))
    case 'plan':
      return planView(parts, query)
    case 'checks':
      return checksView(reads, bounded(query))
    case 'suspects':
      return suspectsView(parts, query.filter)
    case 'diff':
      return diffView(parts, bounded(query))
    case 'system':
      return systemView(parts, now)
    case 'schedule':
      return scheduleView(parts, bounded(query))
    case 'stats':
      return statsView(parts, query)
  }
}

function bounded<Page extends { limit: number }>(page: Page): Page {
  return { ...page, limit: Math.min(page.limit, MAX_PAGE) }
}

async function batchesView(reads: Reads, page: { offset: number; limit: number }): Promise<Views['batches']> {
  const { total, batches } = await reads.batches(page)
  const ids = batches.map(({ batch_id }) => batch_id)
  const [rows, outputs] = [await reads.batchRows(ids), await reads.outputCounts(ids)]
  const summary = (batch: Batch): BatchSummary => ({
    ...batch,
    rows: rows.get(batch.batch_id) ?? 0,
    outputs: outputs.get(batch.batch_id) ?? NO_OUTPUTS,
  })
  return { total, batches: batches.map(summary) }
}

function statsView(
  { reads, clock }: ViewParts,
  { of, days = STATS_DAYS[of] ?? 0 }: Extract<Query, { type: 'stats' }>,
): Promise<Stats[StatsOf]> {
  const now = clock.now()
  const since = new Date(now.getTime() - days * DAY_MS)
  return reads.stats(of, { since: sqlTime(since), now: sqlTime(now) })
}

async function checksView(
  reads: Reads,
  { batch_id, ...page }: Extract<Query, { type: 'checks' }>,
): Promise<Views['checks']> {
  await namedBatch(reads, batch_id)
  return { batch_id, counts: await reads.verdictCounts(batch_id), ...(await reads.doubtful(batch_id, page)) }
}

async function taskView(
  { reads, planner }: ViewParts,
  id: number,
  running: readonly RunningTask[],
): Promise<Views['task']> {
  const task = await namedTask(reads, id)
  const attempts = await reads.attempts(id)
  const own = running.find((each) => each.task_id === id) ?? null
  return { task, attempts, running: own, names: await planner.names(task) }
}
