import type { CombinationDiff, DiffView } from '../../../domain/diff.ts'
import { safeDeep } from '../../../domain/safe.ts'
import type { Session } from '../../session.ts'
import { firstKind, initialDiff, otherKind, type ChangeKind, type DiffState } from './state.ts'

const PAGE = 1000

/** Opens what the later of two batches found otherwise. */
export function openDiff(session: Session, from: string, to: string): void {
  const diff = initialDiff({ from, to })
  session.set({ diff })
  void session.lists.diff.reset()
  session.open('diff')
  void load(session, diff)
}

/** Opens the listings that changed: of a combination, or of all; `kind` where one is wanted. */
export function openListings(session: Session, scope: CombinationDiff | null, kind?: ChangeKind): void {
  const diff = { ...session.state.diff, scope }
  session.set({ diff: { ...diff, kind: kind ?? firstKind(diff) } })
  session.open('listings')
  // What other listings were filtered by is not meant for these.
  void session.lists.listings.search('')
  void session.lists.listings.reset()
}

/** Goes to the next kind of changes that there are. */
export function turnKind(session: Session, step: 1 | -1): void {
  const { diff } = session.state
  session.set({ diff: { ...diff, kind: otherKind(diff, step) } })
  void session.lists.listings.reset()
}

/** The first answer reads every output and may take a while; the operator may have gone elsewhere meanwhile. */
async function load(session: Session, { batches }: DiffState): Promise<void> {
  if (!batches) return
  const view = await wholeDiff(session, batches)
  const { diff } = session.state
  if (!view || diff.batches !== batches) return
  session.set({ diff: { ...diff, view: safeDeep(view, session.surroundings.readable) } })
  await session.lists.diff.refresh()
}

async function wholeDiff(
  session: Session,
  batches: { from: string; to: string },
): Promise<DiffView | undefined> {
  const first = await session.ask({ type: 'diff', ...batches, offset: 0, limit: PAGE })
  if (!first) return undefined
  const combinations = [...first.combinations]
  while (combinations.length < first.total) {
    const next = await session.ask({ type: 'diff', ...batches, offset: combinations.length, limit: PAGE })
    if (!next || next.combinations.length === 0) break
    combinations.push(...next.combinations)
  }
  return { ...first, combinations }
}
