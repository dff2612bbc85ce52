import type { Clock } from '../../domain/clock.ts'
import type { Comparer, DiffKind } from '../../domain/diff.ts'
import type { Change } from '../../domain/store.ts'
import { keepLast } from '../keep-last.ts'
import { compareBatches, type Batches, type BatchesDiff, type DiffParts } from './compare-batches.ts'
import { DiffListings } from './diff-listings.ts'

/** Milliseconds after which a diff that nobody asked for is let go. */
const UNUSED = 60_000
/** That of two batches, and that of the combination that is looked into. */
const KEPT_DIFFS = 2
/** A person who filters goes back to the search before. */
const KEPT_SEARCHES = 4

/** What batches differ in: compared on the first question, then kept, so that a page costs no more than itself. */
export interface Diffs {
  /** Of batches that there are. */
  of(batches: Batches): Promise<Diff>
  /** These changes are written down: what is kept of their batches holds no more. */
  hear(changes: readonly Change[]): void
}

export interface Diff extends BatchesDiff {
  /** @throws ZafraError `usage` where the search makes no sense */
  listings(kind: DiffKind, search: string): DiffListings
}

interface Kept {
  batches: Batches
  diff: Promise<Diff>
  /** Undefined while they are being compared. */
  done: Diff | undefined
  /** When it was last asked for, as `Clock.monotonic`. */
  asked: number
}

export function createDiffs(parts: DiffParts & { clock: Clock }): Diffs {
  const { clock } = parts
  const kept = new Map<string, Kept>()

  function begin(key: string, batches: Batches): Kept {
    const diff = compareBatches(parts, batches).then((each) => withListings(parts.comparer, each, letGo))
    const own: Kept = { batches, diff, done: undefined, asked: 0 }
    const letGo = () => void (kept.get(key) === own && kept.delete(key))
    diff.then((done) => (own.done = done), letGo)
    return own
  }

  return {
    of(batches) {
      const key = JSON.stringify(batches)
      const own = kept.get(key) ?? begin(key, batches)
      own.asked = clock.monotonic()
      keepLast(kept, key, own, KEPT_DIFFS)
      return own.diff
    },
    hear(changes) {
      for (const [key, own] of kept) {
        const unused = clock.monotonic() - own.asked > UNUSED
        if (unused || changes.some((change) => concerns(change, own))) kept.delete(key)
      }
    },
  }
}

/** @param onFault called when what was compared is not there any more */
function withListings(comparer: Comparer, diff: BatchesDiff, onFault: () => void): Diff {
  const source = { comparer, compared: diff.compared, onFault }
  const searches = new Map<string, DiffListings>()
  return {
    ...diff,
    listings(kind, search) {
      const key = `${kind} ${search}`
      const listings = searches.get(key) ?? new DiffListings(source, kind, search)
      keepLast(searches, key, listings, KEPT_SEARCHES)
      return listings
    },
  }
}

function concerns(change: Change, { batches: { from, to }, done }: Kept): boolean {
  switch (change.type) {
    case 'task':
      return isWithin(done, change.id)
    case 'attempt_ended':
    case 'output_refused':
      return isWithin(done, change.task_id)
    case 'outputs_accepted':
      return change.task_ids.some((id) => isWithin(done, id))
    case 'tasks':
    case 'details':
      return change.filter.batch === undefined || [from, to].includes(change.filter.batch)
    case 'forget_tasks':
      return true
    default:
      return false
  }
}

function isWithin(diff: Diff | undefined, id: number): boolean {
  return !diff || diff.tasks.some(([first, last]) => first <= id && id <= last)
}
