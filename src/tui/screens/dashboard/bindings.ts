import type { Binding } from '../../keymap.ts'
import { moveBindings, type Move } from '../../list/bindings.ts'
import { move } from '../../list/cursor.ts'
import type { Session } from '../../session.ts'
import { openTask } from '../task/load.ts'
import { openTasks } from '../tasks/open.ts'
import { ACTION_BINDINGS } from './actions.ts'
import { layout } from './layout.ts'
import { otherPane } from './pane.ts'
import { paneIds, paneRows, settleDashboard, type DashboardState } from './state.ts'
import { target, targetLog } from './target.ts'

const moveInPane: Move = (session, rows) => {
  const { state } = session
  const { shown, dashboard } = state
  if (!shown) return
  const { pane, cursors } = dashboard
  const ids = paneIds(paneRows(shown.overview, dashboard), pane)
  const moved = move(cursors[pane], rows(layout(state).lists[pane]), ids)
  session.set({ dashboard: { ...dashboard, cursors: { ...cursors, [pane]: moved } } })
}

const openPane = (step: 1 | -1) => (session: Session) => {
  const { dashboard } = session.state
  session.set({ dashboard: { ...dashboard, pane: otherPane(dashboard.pane, step) } })
}

/** Narrows the list that the cursor is in, by what is typed as it is shown: its rows are in hand as they are shown. */
export function searchPane(session: Session, text: string): void {
  const { dashboard, shown } = session.state
  const searches = { ...dashboard.searches, [dashboard.pane]: session.surroundings.readable(text) }
  const narrowed: DashboardState = { ...dashboard, searches }
  session.set({ dashboard: shown ? settleDashboard(narrowed, shown) : narrowed })
}

/** The first key of a footer entry stands for its group: `j` for up and down. */
export const DASHBOARD_BINDINGS: readonly Binding[] = [
  {
    keys: ['enter'],
    label: 'open',
    does: 'open the tasks of the site or of the failures, or the task that runs',
    unavailable: (state) => (target(state).kind === 'nothing' ? 'nothing in this row' : null),
    run: openRow,
  },
  {
    keys: ['l'],
    label: 'log',
    does: 'open the log of the task, of what runs at the site, or of the last failure at its error',
    unavailable: (state) => (targetLog(state) ? null : 'no task runs in this row'),
    run: openLog,
  },
  ...ACTION_BINDINGS,
  {
    keys: ['esc'],
    label: 'unfilter',
    does: 'take the filter away',
    unavailable: ({ dashboard: { searches, pane } }) =>
      searches[pane] === '' ? 'nothing is filtered' : null,
    run: (session) => searchPane(session, ''),
  },
  { keys: ['tab'], label: 'next list', does: 'go to the next list', run: openPane(1) },
  { keys: ['shift-tab'], does: 'go to the list before', run: openPane(-1) },
  ...moveBindings(moveInPane),
]

function openRow(session: Session): void {
  const row = target(session.state)
  if (row.kind === 'site') openTasks(session, { search: `site:${row.site.site}` })
  else if (row.kind === 'failure')
    openTasks(session, { error: { key: row.group.key, name: row.group.error_class } })
  else if (row.kind === 'running') openTask(session, row.task.task_id)
}

function openLog(session: Session): void {
  const log = targetLog(session.state)
  if (log) session.openLog(log)
}
