import type { Binding } from '../../keymap.ts'
import { moveBindings, type Move } from '../../list/bindings.ts'
import { move } from '../../list/cursor.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import { openTasks } from '../tasks/open.ts'
import { statsLayout } from './layout.ts'
import { loadStats, nextSpan } from './load.ts'
import { STATS_PANES, statsIds } from './state.ts'

const moveInPane: Move = (session, rows) => {
  const { stats } = session.state
  const { figures, pane, cursors } = stats
  if (!figures) return
  const ids = statsIds(figures, pane)
  const moved = move(cursors[pane], rows(statsLayout(session.state).lists[pane]), ids)
  session.set({ stats: { ...stats, cursors: { ...cursors, [pane]: moved } } })
}

const openPane = (step: 1 | -1) => (session: Session) => {
  const { stats } = session.state
  const at = STATS_PANES.indexOf(stats.pane) + step + STATS_PANES.length
  session.set({ stats: { ...stats, pane: STATS_PANES[at % STATS_PANES.length] ?? stats.pane } })
}

export const STATS_BINDINGS: readonly Binding[] = [
  {
    keys: ['enter'],
    label: 'tasks',
    does: 'open the tasks of the scraper, or with the error, in the batch in view',
    unavailable: (state) => (searchOf(state) === null ? 'no tasks behind this row' : null),
    run(session) {
      const search = searchOf(session.state)
      if (search !== null) openTasks(session, { search })
    },
  },
  {
    keys: ['s'],
    label: 'span',
    does: 'look back 7, 30 or 90 days',
    run: (session) => void nextSpan(session),
  },
  { keys: ['tab'], label: 'next list', does: 'go to the next list', run: openPane(1) },
  { keys: ['shift-tab'], does: 'go to the list before', run: openPane(-1) },
  {
    keys: ['a'],
    label: 'count again',
    place: 'last',
    does: 'ask again now; else once a minute',
    run: (session) => void loadStats(session),
  },
  ...moveBindings(moveInPane),
]

/** Longer beginnings of a message find nothing more. */
const PIECE = 100

/** What finds the tasks behind the row under the cursor; null: nothing does. */
function searchOf({ stats: { figures, pane, cursors } }: State): string | null {
  const { index } = cursors[pane]
  if (pane === 'scrapers') {
    const name = figures?.scrapers[index]?.scraper_name
    return name === undefined ? null : `scraper:"${name}"`
  }
  const message = pane === 'errors' ? figures?.errors[index]?.error_message : undefined
  // A quote would end the piece; what stands before it is enough.
  const piece = message?.split('"')[0]?.slice(0, PIECE).trim() ?? ''
  return piece === '' ? null : `error:"${piece}"`
}
