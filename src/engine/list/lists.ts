import type { Clock } from '../../domain/clock.ts'
import { batchOf, type TaskFilter } from '../../domain/filter.ts'
import type { TaskSort } from '../../domain/task-sort.ts'
import { parseSearch } from '../../domain/search.ts'
import type { Change, Reads } from '../../domain/store.ts'
import type { Failures } from '../failures.ts'
import type { Choice } from './choice.ts'
import { chooses } from './chooses.ts'
import { listedChunks } from './listed-chunks.ts'
import { TaskList } from './task-list.ts'

/** Milliseconds after which a list that nobody asked for is let go. */
const UNUSED = 5 * 60_000

/**
 * Searched and sorted lists of tasks, of a batch or of all: read on the first question, then kept as tasks change,
 * so that a question costs no more than its page.
 */
export interface Lists {
  /** @throws ZafraError `usage` where the search makes no sense */
  page(
    filter: TaskFilter,
    page: { sort: TaskSort; offset: number; limit: number; find?: number },
  ): Promise<{ total: number; ids: number[]; position: number | null }>
  /** In order. @throws ZafraError `usage` */
  ids(filter: TaskFilter): Promise<number[]>
  /** These changes are written down. */
  hear(changes: readonly Change[]): void
  /** A batch is written down. */
  grow(): void
}

interface Kept {
  list: TaskList
  /** Resolves when it has taken over all that is written down. */
  current: Promise<void>
  /** When it was last asked for, as `Clock.monotonic`. */
  asked: number
}

const BY_ID: TaskSort = { by: 'id', descending: false }

export function createLists(parts: { reads: Reads; clock: Clock; failures: Failures }): Lists {
  const { reads, clock, failures } = parts
  /** By batch; undefined: of all tasks. */
  const kept = new Map<string | undefined, Kept>()

  async function listOf(batch: string | undefined): Promise<TaskList> {
    const own = kept.get(batch) ?? begin(batch)
    own.asked = clock.monotonic()
    letGo()
    await own.current
    return own.list
  }

  function letGo(): void {
    for (const [batch, { asked }] of kept) {
      if (clock.monotonic() - asked > UNUSED) kept.delete(batch)
    }
  }

  function begin(batch: string | undefined): Kept {
    const own = { list: new TaskList(), current: Promise.resolve(), asked: 0 }
    kept.set(batch, own)
    takeOver(batch, own, () => readOn(batch, own.list))
    return own
  }

  /** After all that is being taken over already. Where it fails whoever waits hears of it, and the next one begins anew. */
  function takeOver(batch: string | undefined, own: Kept, read: () => Promise<void>): void {
    own.current = own.current.then(read)
    own.current.catch(() => kept.delete(batch))
  }

  async function readOn(batch: string | undefined, list: TaskList): Promise<void> {
    for await (const tasks of listedChunks(reads, within({}, batch), list.last)) list.add(tasks)
  }

  async function readAgain(batch: string | undefined, list: TaskList, filter: TaskFilter): Promise<void> {
    for await (const tasks of listedChunks(reads, within(filter, batch))) list.renew(tasks)
  }

  async function choose(filter: TaskFilter, sort: TaskSort): Promise<{ list: TaskList; choice: Choice }> {
    const { batch, match, error, search } = filter
    const terms = parseSearch(search ?? '')
    const failed = error === undefined ? undefined : await failures.of(batch ?? '')
    const list = await listOf(batch)
    const matching = match === undefined ? undefined : new Set(await reads.taskIds(within({ match }, batch)))
    const key = match === undefined && !filter.ids ? JSON.stringify([filter, sort]) : undefined
    const failedSo = (id: number) => failed?.has(error ?? '', id) ?? false
    const choice = list.choose(key, sort, (codes) => chooses(filter, { codes, terms, failedSo, matching }))
    return { list, choice }
  }

  return {
    async page(filter, { sort, offset, limit, find }) {
      const { list, choice } = await choose(filter, sort)
      const place = find === undefined ? undefined : list.placeOf(find)
      return {
        total: choice.total,
        ids: choice.ids(offset, limit),
        position: place === undefined ? null : choice.position(place),
      }
    },
    async ids(filter) {
      const { choice } = await choose(filter, BY_ID)
      return choice.ids(0, choice.total)
    },
    hear(changes) {
      letGo()
      for (const change of changes) hearOne(change)
    },
    grow() {
      const own = kept.get(undefined)
      if (own) takeOver(undefined, own, () => readOn(undefined, own.list))
    },
  }

  function hearOne(change: Change): void {
    if (change.type === 'forget_tasks') kept.clear()
    for (const [batch, own] of kept) {
      if (change.type === 'task') own.list.change(change.id, change.set)
      if (change.type === 'outputs_accepted') own.list.accept(change.task_ids)
      if (change.type !== 'tasks' && change.type !== 'details') continue
      const { set } = change
      const filter = change.type === 'tasks' ? change.filter : batchOf(change.filter)
      if (batch !== undefined && filter.batch !== undefined && batch !== filter.batch) continue
      takeOver(batch, own, () => readAgain(batch, own.list, { ...filter, status: [set.status] }))
    }
  }
}

function within(filter: TaskFilter, batch: string | undefined): TaskFilter {
  return batch === undefined ? filter : { ...filter, batch }
}
