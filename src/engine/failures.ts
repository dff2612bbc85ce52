import { setImmediate } from 'node:timers/promises'

import type { ErrorGroup, Fates } from '../domain/error-group.ts'
import type { Change, Failure, Reads } from '../domain/store.ts'
import type { TaskStatus } from '../domain/task.ts'
import { Groups } from './failure-groups.ts'
import { keepLast } from './keep-last.ts'

/** Failed attempts read between two turns of the event loop. */
const CHUNK = 500
/** Batches whose groups are kept; the one that was asked for least lately goes. */
const KEPT_BATCHES = 8

/** Failed attempts in groups of like ones, by batch: read once, then kept as attempts fail and tasks change. */
export interface Failures {
  of(batch_id: string): Promise<BatchFailures>
  /** Another attempt has failed and is written down. */
  add(batch_id: string, failure: Failure): void
  /** These changes are written down: what was lost may be recovered. */
  hear(changes: readonly Change[]): void
}

export interface BatchFailures {
  /** The latest first; those of which every task is recovered last. */
  groups(): readonly ErrorGroup[]
  /** Tasks that have a failed attempt, whatever their groups. */
  fates(): Fates
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
      if (kept) take(kept, failure)
    },
    hear(changes) {
      for (const change of changes) {
        if (change.type === 'task' && change.set.status !== undefined) {
          for (const kept of batches.values()) take(kept, { id: change.id, status: change.set.status })
        }
        // Whichever tasks those were: the groups are read anew when somebody asks for them.
        if (change.type === 'tasks' || change.type === 'forget_tasks') batches.clear()
      }
    },
  }

  function begin(batch_id: string) {
    const kept: Kept = { groups: new Groups(), heard: [], read: Promise.resolve() }
    kept.read = readAll(reads, batch_id, kept)
    kept.read.catch(() => batches.delete(batch_id))
    return kept
  }
}

/** A failed attempt, or what a task has become. */
type Heard = Failure | { id: number; status: TaskStatus }

interface Kept {
  groups: Groups
  /** What has come about while the earlier ones are being read: they come first. Null once all are read. */
  heard: Heard[] | null
  read: Promise<void>
}

function take({ groups, heard }: Kept, news: Heard): void {
  if (heard) heard.push(news)
  else if ('status' in news) groups.become(news.id, news.status)
  else groups.add(news)
}

async function readAll(reads: Pick<Reads, 'failures'>, batch_id: string, kept: Kept): Promise<void> {
  for (let after: Failure | undefined, end = false; !end;) {
    const page = await reads.failures(batch_id, { after, limit: CHUNK })
    for (const failure of page) kept.groups.add(failure)
    after = page.at(-1)
    end = page.length < CHUNK
    if (!end) await setImmediate()
  }
  const heard = kept.heard ?? []
  kept.heard = null
  for (const news of heard) take(kept, news)
}
