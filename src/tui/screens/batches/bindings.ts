import { askToCancelBatch } from '../../acts/batch.ts'
import { DRAIN, PAUSE_ALL, START } from '../../acts/bindings.ts'
import { resume } from '../../acts/engine.ts'
import type { Binding } from '../../keymap.ts'
import { listBindings, sortBindings } from '../../list/bindings.ts'
import { rowAtCursor } from '../../list/view.ts'
import { listHeight } from '../../lists.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import { openDiff } from '../diff/load.ts'
import { BATCH_SORTS } from './columns.ts'
import { batchesOf, batchKey, tasksLeft } from './state.ts'
import { trendHeight } from './trend.ts'

const selected = ({ lists }: State) => rowAtCursor(lists.batches)
const NO_BATCH = 'no batch in this row'

export const BATCHES_BINDINGS: readonly Binding[] = [
  {
    keys: ['enter'],
    label: 'diff',
    does: 'show what the later of the two marked batches found otherwise',
    unavailable: whyNotBoth,
    run: openPair,
  },
  {
    keys: ['enter'],
    label: 'open',
    does: 'look at the batch on the dashboard and in the tasks',
    unavailable: (state) => (selected(state) ? null : NO_BATCH),
    run: view,
  },
  {
    keys: ['D'],
    label: 'diff',
    does: 'show what two batches differ in: those marked, the one marked and this, or this and the one before',
    unavailable: (state) => (pair(state).length === 2 ? null : whyNoPair(state)),
    run: openPair,
  },
  {
    keys: ['u'],
    label: 'resume',
    does: 'go on with a batch that left tasks behind',
    acts: true,
    unavailable: whyNoResume,
    run: (session) => resume(session, selected(session.state)?.batch_id),
  },
  {
    keys: ['c'],
    label: 'cancel',
    does: 'cancel what is left of the batch; asks first',
    acts: true,
    unavailable: whyNoCancel,
    run(session) {
      const batch = selected(session.state)
      if (batch) askToCancelBatch(session, batch.batch_id, tasksLeft(batch))
    },
  },
  START,
  { ...PAUSE_ALL, keys: ['p', 'P'] },
  DRAIN,
  ...listBindings('batches', ({ size }) => listHeight(size) - trendHeight(size)),
  ...sortBindings(Object.values(BATCH_SORTS), (session, by) => session.lists.batches.sortBy(by)),
]

/** The newest is the live one: looking at it goes on to the next as that begins. */
async function view(session: Session): Promise<void> {
  const batch = selected(session.state)
  if (!batch) return
  const latest = isLatest(session.state, batch.batch_id)
  session.go('dashboard')
  await session.viewBatch(latest ? null : batch.batch_id)
}

/** In view without having been chosen, or the first of a list that leaves nothing out and stands in its own order. */
function isLatest({ batch, shown, lists: { batches } }: State, id: string): boolean {
  if (batch === null && shown?.overview.batch?.batch_id === id) return true
  return batches.cursor.index === 0 && batches.search === '' && batches.sort === null
}

/** The two batches that are to be compared, the earlier first. */
function pair(state: State): string[] {
  const { marks, rows, cursor, offset, sort } = state.lists.batches
  const batch = selected(state)
  if (marks.size === 2) return batchesOf(marks)
  if (!batch || marks.size > 2) return []
  if (marks.size === 1) return batchesOf(new Set([...marks, batchKey(batch)]))
  // Only in the list's own order the row below is the batch before.
  const before = sort === null ? rows[cursor.index - offset + 1] : undefined
  return before ? [before.batch_id, batch.batch_id] : []
}

function openPair(session: Session): void {
  const [from, to] = pair(session.state)
  if (from !== undefined && to !== undefined) openDiff(session, from, to)
}

function whyNotBoth(state: State): string | null {
  const batch = selected(state)
  const { marks } = state.lists.batches
  return batch && marks.size === 2 && marks.has(batchKey(batch)) ? null : 'two batches have to be marked'
}

function whyNoPair({ lists }: State): string {
  const { marks, sort } = lists.batches
  if (marks.size > 2) return `${marks.size} batches are marked; two can be compared`
  if (marks.size === 1) return 'this batch is the one that is marked'
  return sort === null
    ? 'there is no batch before it'
    : 'in this order none comes before it: mark one of the two'
}

function whyNoResume(state: State): string | null {
  const batch = selected(state)
  if (!batch) return NO_BATCH
  if (batch.status === 'running') {
    const engine = state.shown?.overview.engine.state ?? 'idle'
    return engine === 'interrupted' || engine === 'draining' ? null : `${batch.batch_id} is under way`
  }
  return tasksLeft(batch) > 0 ? null : `${batch.batch_id} left nothing to do`
}

function whyNoCancel(state: State): string | null {
  const batch = selected(state)
  if (!batch) return NO_BATCH
  return batch.status === 'running' ? null : `${batch.batch_id} is ${batch.status} already`
}
