import { setImmediate } from 'node:timers/promises'
import { errorKey, type ErrorGroup } from '../domain/error-group.ts'
import type { Failure, Reads } from '../domain/store.ts'
import { keepLast } from './keep-last.ts'

/** Failed attempts read between two turns of the event loop. */
const CHUNK = 500
/** Batches whose groups are kept; the one that was asked for least lately goes. */
const KEPT_BATCHES = 8

/** Failed attempts in groups of like ones, by batch: read once, then kept as attempts fail. */
export interface Failures {
  of(batch_id: string): Promise<BatchFailures>
  /** Another attempt has failed and is written down. */
  add(batch_id: string, failure: Failure): void
}

export interface BatchFailures {
  /** The latest first. */
  groups(): readonly ErrorGroup[]
  /** Whether the task has a failed attempt of that group. */
  has(key: string, task_id: number): boolean
}

export function createFailures(reads: Pick<Reads, 'failures'>): Failures {
  const batches = new Map<string, Kept>()
  return {
    async of(batch_id) {
      const known = batches.get(batch_id) ?? begin(batch_id)
      keepLast(batches, batch_id, known, KEPT_BATCHES)
      await known.read
      return known.groups
    },
    add(batch_id, failure) {
      const kept = batches.get(batch_id)
      if (kept?.heard) kept.heard.push(failure)
      else kept?.groups.add(failure)
    },
  }

  function begin(batch_id: string) {
    const kept: Kept = { groups: new Groups(), heard: [], read: Promise.resolve() }
    kept.read = readAll(reads, batch_id, kept)
    kept.read.catch(() => batches.delete(batch_id))
    return kept
  }
}

interface Kept {
  groups: Groups
  /** What has failed while the earlier ones are being read: they come first. Null once all are read. */
  heard: Failure[] | null
  read: Promise<void>
}

async function readAll(reads: Pick<Reads, 'failures'>, batch_id: string, kept: Kept): Promise<void> {
  for (let after: Failure | undefined, end = false; !end;) {
    const page = await reads.failures(batch_id, { after, limit: CHUNK })
    for (const failure of page) kept.groups.add(failure)
    after = page.at(-1)
    end = page.length < CHUNK
    if (!end) await setImmediate()
  }
  for (const failure of kept.heard ?? []) kept.groups.add(failure)
  kept.heard = null
}

interface Group {
  view: ErrorGroup
  /** Of each task the last attempt that failed so: what is read and heard at once counts once. */
  tasks: Map<number, number>
}

class Groups implements BatchFailures {
  /** The latest last. */
  readonly #groups = new Map<string, Group>()
  #latestFirst: readonly ErrorGroup[] | undefined

  groups(): readonly ErrorGroup[] {
    return (this.#latestFirst ??= [...this.#groups.values()]
      .toReversed()
      .map(({ view }) => view)
      .sort((a, b) => (a.last_at < b.last_at ? 1 : a.last_at > b.last_at ? -1 : 0)))
  }

  has(key: string, task_id: number): boolean {
    return this.#groups.get(key)?.tasks.has(task_id) ?? false
  }

  add(failure: Failure): void {
    const { task_id, number, website, ended_at, error_class, message } = failure
    const key = failure.key ?? errorKey(error_class, message)
    const group = this.#groups.get(key) ?? { view: emptyGroup(key, failure), tasks: new Map() }
    if ((group.tasks.get(task_id) ?? 0) >= number) return
    group.tasks.set(task_id, number)
    const { view } = group
    const latest = ended_at >= view.last_at
    group.view = {
      ...view,
      attempts: view.attempts + 1,
      tasks: group.tasks.size,
      sites: view.sites.includes(website) ? view.sites : [...view.sites, website].sort(),
      first_at: ended_at < view.first_at ? ended_at : view.first_at,
      ...(latest && { message, last_at: ended_at, last_task_id: task_id, last_attempt: number }),
    }
    this.#groups.delete(key)
    this.#groups.set(key, group)
    this.#latestFirst = undefined
  }
}

function emptyGroup(key: string, { task_id, number, ended_at, error_class, message }: Failure): ErrorGroup {
  return {
    key,
    error_class,
    message,
    attempts: 0,
    tasks: 0,
    sites: [],
    first_at: ended_at,
    last_at: ended_at,
    last_task_id: task_id,
    last_attempt: number,
  }
}
