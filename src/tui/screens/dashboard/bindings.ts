import { taskName } from '../../format.ts'
import type { Binding } from '../../keymap.ts'
import { move } from '../../list.ts'
import type { Session } from '../../session.ts'
import { rowIds } from '../../state.ts'
import { ACTION_BINDINGS } from './actions.ts'
import { layout } from './layout.ts'
import { otherPane } from './pane.ts'
import { targetTask } from './target.ts'

const moveBy = (rows: (page: number) => number) => (session: Session) => {
  const { state } = session
  const { pane, cursors } = state
  const moved = move(cursors[pane], rows(layout(state).lists[pane]), rowIds(state, pane))
  session.set({ cursors: { ...cursors, [pane]: moved } })
}

const openPane = (step: 1 | -1) => (session: Session) => {
  session.set({ pane: otherPane(session.state.pane, step) })
}

const half = (page: number) => Math.max(1, Math.floor(page / 2))

/** The first key of a footer entry stands for its group: `j` for up and down. */
export const DASHBOARD_BINDINGS: readonly Binding[] = [
  { keys: ['tab'], label: 'next list', does: 'go to the next list', run: openPane(1) },
  { keys: ['shift-tab'], does: 'go to the list before', run: openPane(-1) },
  { keys: ['j', 'down'], does: 'move down', run: moveBy(() => 1) },
  { keys: ['k', 'up'], does: 'move up', run: moveBy(() => -1) },
  { keys: ['ctrl-d', 'pgdn'], does: 'move down a page', run: moveBy(half) },
  { keys: ['ctrl-u', 'pgup'], does: 'move up a page', run: moveBy((page) => -half(page)) },
  { keys: ['g', 'home'], does: 'go to the first row', run: moveBy(() => -Infinity) },
  { keys: ['G', 'end'], does: 'go to the last row', run: moveBy(() => Infinity) },
  {
    keys: ['l', 'enter'],
    label: 'log',
    does: 'open the log of the task, or of what runs at the site',
    unavailable: (state) => (targetTask(state) ? null : 'no task runs in this row'),
    run(session) {
      const task = targetTask(session.state)
      if (task) session.openLog({ id: task.task_id, title: `${task.website} ${taskName(task)}` })
    },
  },
  ...ACTION_BINDINGS,
]
