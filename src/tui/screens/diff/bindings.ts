import { DIFF_KINDS } from '../../../domain/diff.ts'
import type { Binding } from '../../keymap.ts'
import { lookBindings, sortBindings } from '../../list/bindings.ts'
import { rowAtCursor } from '../../list/view.ts'
import { listHeight } from '../../lists.ts'
import type { State } from '../../state.ts'
import { DIFF_SORTS } from './columns.ts'
import { SUMMARY_ROWS } from './layout.ts'
import { openListings } from './load.ts'
import { changesOf, type ChangeKind } from './state.ts'

const selected = ({ lists }: State) => rowAtCursor(lists.diff)
const any = (state: State, kinds: readonly ChangeKind[]) =>
  kinds.some((kind) => (changesOf({ ...state.diff, scope: null }, kind) ?? 0) > 0)

export const DIFF_BINDINGS: readonly Binding[] = [
  {
    keys: ['enter'],
    label: 'listings',
    does: 'open the listings of the combination that changed',
    unavailable: whyNoListings,
    run(session) {
      const combination = selected(session.state)
      if (combination) openListings(session, combination)
    },
  },
  {
    keys: ['a'],
    label: 'all',
    does: 'open the listings of all combinations that changed',
    unavailable: (state) => (any(state, DIFF_KINDS) ? null : 'no listing changed'),
    run: (session) => openListings(session, null),
  },
  {
    keys: ['u'],
    label: 'addresses',
    does: 'open the addresses that only one of the lists has',
    unavailable: (state) => (any(state, ['added', 'dropped']) ? null : 'the lists have the same addresses'),
    run: (session) =>
      openListings(session, null, (changesOf(session.state.diff, 'added') ?? 0) > 0 ? 'added' : 'dropped'),
  },
  ...lookBindings('diff', ({ size }) => listHeight(size) - SUMMARY_ROWS),
  ...sortBindings(Object.values(DIFF_SORTS), (session, by) => session.lists.diff.sortBy(by)),
]

function whyNoListings(state: State): string | null {
  const combination = selected(state)
  if (!combination) return 'no combination in this row'
  if (combination.outcome !== 'compared') return combination.note
  return DIFF_KINDS.some((kind) => (combination[kind] ?? 0) > 0) ? null : 'nothing changed here'
}
