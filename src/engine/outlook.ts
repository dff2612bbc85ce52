import type { BatchView, RunningTask } from '../domain/query.ts'
import type { Change, Duration, ListedTask, Reads } from '../domain/store.ts'
import { parseSqlTime } from '../domain/clock.ts'
import { batchOf, type TaskFilter } from '../domain/filter.ts'
import type { Task, TaskPatch, TaskStatus } from '../domain/task.ts'
import { createExpectations, type Expectation } from './expectations.ts'
import { batchEta, siteEta, type SiteLeft } from './eta.ts'
import { listedChunks } from './list/listed-chunks.ts'

/** How long what is left of the running batches will take; kept as tasks change, never summed anew. */
export interface Outlook {
  /** Takes over how long tasks took in earlier batches; for batches that are followed from now on. */
  learn(history: readonly Duration[]): void
  /** Reads what is left of a batch, beside the work. */
  follow(batch_id: string): void
  /** A task of a batch has completed after this long. */
  observe(task: Task, seconds: number): void
  /** These changes are written down. */
  hear(changes: readonly Change[]): void
  /** Seconds until the site is done, or null while nothing is known. */
  siteEta(batch_id: string, site: string, limits: Limits): number | null
  batchEta(batch_id: string, limits: Limits): Pick<BatchView, 'eta_s' | 'eta_spread_s' | 'eta_from'>
}

/** What bounds the work, and what of it is in hand. */
export interface Limits {
  max_parallel: number
  perSite: (site: string) => number
  running: readonly RunningTask[]
  now: Date
}

const LEFT: ReadonlySet<TaskStatus> = new Set(['pending', 'running', 'retrying'])

interface Followed {
  left: Map<number, Expectation>
  sites: Map<string, SiteLeft>
  /** Of its completed tasks that were expected to take some time. */
  so_far: { tasks: number; expected: number; took: number }
  /** Resolves when all that is written down is taken over. */
  current: Promise<void>
  known: boolean
}

export function createOutlook(reads: Pick<Reads, 'listedTasks'>): Outlook {
  const expectations = createExpectations()
  const batches = new Map<string, Followed>()

  /** Reads what `filter` chooses of the batch, after all that is being read already. */
  function takeOver(batch_id: string, filter: TaskFilter): void {
    const batch = batches.get(batch_id)
    if (!batch) return
    batch.current = batch.current.then(() => readInto(batch, { ...filter, batch: batch_id }))
    // A store that cannot be read any more is closing; an outlook is no reason to fail.
    batch.current.catch(() => batches.delete(batch_id))
  }

  async function readInto(batch: Followed, filter: TaskFilter): Promise<void> {
    for await (const tasks of listedChunks(reads, filter)) for (const task of tasks) put(batch, task)
    batch.known = true
  }

  function put(batch: Followed, task: ListedTask): void {
    const isLeft = LEFT.has(task.status)
    if (isLeft === batch.left.has(task.id)) return
    if (!isLeft) return remove(batch, task.id)
    const expectation = expectations.of(task)
    batch.left.set(task.id, expectation)
    count(batch, expectation, 1)
  }

  function remove(batch: Followed, id: number): void {
    const expectation = batch.left.get(id)
    if (!expectation) return
    batch.left.delete(id)
    count(batch, expectation, -1)
  }

  function count(batch: Followed, { site, minutes, variance }: Expectation, by: 1 | -1): void {
    const own = batch.sites.get(site) ?? { known: 0, minutes: 0, sure: 0, variance: 0, unknown: 0 }
    batch.sites.set(site, own)
    if (minutes === null) {
      own.unknown += by
      return
    }
    own.known += by
    own.minutes += by * minutes
    if (variance === null) return
    own.sure += by
    own.variance += by * variance
  }

  function hearTasks(filter: TaskFilter, set: TaskPatch): void {
    for (const batch_id of batches.keys()) {
      if (filter.batch === undefined || filter.batch === batch_id) {
        takeOver(batch_id, { ...filter, status: [set.status] })
      }
    }
  }

  /** One that is to be done after all. */
  function hearAgain(id: number): void {
    for (const [batch_id, { left }] of batches) if (!left.has(id)) takeOver(batch_id, { ids: [id] })
  }

  function worked(batch_id: string, { running, now, ...limits }: Limits) {
    const batch = batches.get(batch_id)
    if (!batch?.known) return undefined
    const seconds = new Map<string, number>()
    for (const { task_id, started_at, website } of running) {
      const minutes = batch.left.get(task_id)?.minutes ?? expectations.ofSite(website)?.minutes ?? 0
      const since = (now.getTime() - parseSqlTime(started_at).getTime()) / 1000
      const own = Math.min(Math.max(since, 0), minutes * 60)
      seconds.set(website, (seconds.get(website) ?? 0) + own)
    }
    return {
      ...limits,
      worked: seconds,
      sites: batch.sites,
      so_far: batch.so_far,
      ofSite: (site: string) => expectations.ofSite(site),
    }
  }

  return {
    learn: (history) => expectations.learn(history),
    follow(batch_id) {
      batches.set(batch_id, {
        left: new Map(),
        sites: new Map(),
        so_far: { tasks: 0, expected: 0, took: 0 },
        current: Promise.resolve(),
        known: false,
      })
      takeOver(batch_id, { status: [...LEFT] })
    },
    observe(task, seconds) {
      const so_far = batches.get(task.execution_batch)?.so_far
      const { minutes } = expectations.of(task)
      expectations.observe(task.website, seconds / 60)
      if (!so_far || minutes === null) return
      so_far.tasks += 1
      so_far.expected += minutes
      so_far.took += seconds / 60
    },
    hear(changes) {
      for (const change of changes) {
        if (change.type === 'task' && !LEFT.has(change.set.status)) {
          for (const batch of batches.values()) remove(batch, change.id)
        } else if (change.type === 'task') hearAgain(change.id)
        else if (change.type === 'tasks') hearTasks(change.filter, change.set)
        else if (change.type === 'details') hearTasks(batchOf(change.filter), change.set)
        else if (change.type === 'batch') {
          if (change.set.status === 'running') this.follow(change.batch_id)
          else batches.delete(change.batch_id)
        }
      }
    },
    siteEta(batch_id, site, limits) {
      const work = worked(batch_id, limits)
      return work ? siteEta(work, site) : null
    },
    batchEta(batch_id, limits) {
      const work = worked(batch_id, limits)
      return work ? batchEta(work) : { eta_s: null, eta_spread_s: null, eta_from: null }
    },
  }
}
