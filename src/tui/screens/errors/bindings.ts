import { turnSite } from '../../acts/sites.ts'
import { whyNoneFailed } from '../../acts/tasks.ts'
import { plural } from '../../format.ts'
import type { Binding } from '../../keymap.ts'
import { listBindings, sortBindings } from '../../list/bindings.ts'
import { rowAtCursor } from '../../list/view.ts'
import { listHeight } from '../../lists.ts'
import type { State } from '../../state.ts'
import { openTasks } from '../tasks/open.ts'
import { ERROR_SORTS } from './columns.ts'
import { detailHeight } from './detail.tsx'
import { askToRetryGroups, askToRetryShown } from './retry.ts'

const selected = ({ lists }: State) => rowAtCursor(lists.errors)
const NO_GROUP = 'no failure in this row'
const noGroup = (state: State) => (selected(state) ? null : NO_GROUP)

export const ERRORS_BINDINGS: readonly Binding[] = [
  {
    keys: ['enter'],
    label: 'tasks',
    does: 'open the tasks that failed so',
    unavailable: noGroup,
    run(session) {
      const group = selected(session.state)
      if (group) openTasks(session, { error: { key: group.key, name: group.error_class } })
    },
  },
  {
    keys: ['r'],
    label: 'retry',
    does: 'retry the failed tasks of the group, or of those marked; asks first',
    acts: true,
    unavailable: (state) => (state.lists.errors.marks.size > 0 ? null : whyNoRetry(state)),
    run(session) {
      const { marks } = session.state.lists.errors
      const group = selected(session.state)
      if (marks.size > 0)
        return askToRetryGroups(session, [...marks], plural(marks.size, 'marked group'), 'errors')
      return group && askToRetryGroups(session, [group.key], `this ${group.error_class} group`)
    },
  },
  {
    keys: ['R'],
    label: 'retry all',
    does: 'retry the failed tasks of all groups that the filter chooses; asks first',
    acts: true,
    unavailable: (state) => (state.lists.errors.total ? whyNoneFailed(state) : 'the list is empty'),
    run: askToRetryShown,
  },
  {
    keys: ['l'],
    label: 'log',
    does: 'open the log of the last of these failures, at its error',
    unavailable: noGroup,
    run(session) {
      const group = selected(session.state)
      if (!group) return
      const { last_task_id: id, last_attempt: attempt, sites } = group
      session.openLog({ id, attempt, title: sites.join(' '), at: 'error' })
    },
  },
  {
    keys: ['p'],
    label: 'pause',
    does: 'start nothing more at the site that fails so, or go on there',
    acts: true,
    unavailable: whyNoPause,
    run(session) {
      const [site, ...others] = selected(session.state)?.sites ?? []
      if (site !== undefined && others.length === 0) turnSite(session, site)
    },
  },
  ...listBindings('errors', ({ size }) => listHeight(size) - detailHeight(size)),
  ...sortBindings(Object.values(ERROR_SORTS), (session, by) => session.lists.errors.sortBy(by)),
]

function whyNoRetry(state: State): string | null {
  const group = selected(state)
  if (!group) return NO_GROUP
  if (group.lost > 0) return null
  return group.recovered === group.tasks
    ? 'every task of this group is recovered'
    : 'no task of this group is lost'
}

function whyNoPause(state: State): string | null {
  const group = selected(state)
  if (!group) return NO_GROUP
  return group.sites.length === 1 ? null : 'these failures are of several sites'
}
