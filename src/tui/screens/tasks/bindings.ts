import { allowedFrom, FAILED, type Task } from '../../../domain/task.ts'
import { askToAcceptMany, askToCancel, askToRetry, choiceOf, retry, whyNoneFailed } from '../../acts/tasks.ts'
import { DRAIN, PAUSE_ALL, RESUME, START } from '../../acts/bindings.ts'
import { turnSite } from '../../acts/sites.ts'
import { fullTaskName, plural } from '../../format.ts'
import type { Binding } from '../../keymap.ts'
import { listBindings, sortBindings } from '../../list/bindings.ts'
import { rowAtCursor } from '../../list/view.ts'
import { listHeight } from '../../lists.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import { openTask } from '../task/load.ts'
import { SORTS } from './columns.ts'
import { askOfMarked } from './marked.ts'
import { tasksFilter } from './source.ts'

const selected = ({ lists }: State) => rowAtCursor(lists.tasks)
const NO_TASK = 'no task in this row'

export const TASKS_BINDINGS: readonly Binding[] = [
  {
    keys: ['enter'],
    label: 'open',
    does: 'open the task',
    unavailable: (state) => (selected(state) ? null : NO_TASK),
    run(session) {
      const task = selected(session.state)
      if (task) openTask(session, task.id)
    },
  },
  {
    keys: ['r'],
    label: 'retry',
    does: 'retry the task, or those marked',
    acts: true,
    unavailable: (state) => whyNot(state, 'retry'),
    run: (session) => {
      if (marksAny(session.state)) return askOfMarked(session, 'retry')
      const task = selected(session.state)
      return task && retry(session, choiceOf(task))
    },
  },
  {
    keys: ['c'],
    label: 'cancel',
    does: 'cancel the task, or those marked; asks first',
    acts: true,
    unavailable: (state) => whyNot(state, 'cancel'),
    run(session) {
      if (marksAny(session.state)) return askOfMarked(session, 'cancel')
      const task = selected(session.state)
      return task && askToCancel(session, choiceOf(task))
    },
  },
  {
    keys: ['a'],
    label: 'accept',
    does: 'accept the suspect output of the task, or of those marked; shows what they have in common and asks first',
    acts: true,
    unavailable: whyNoAccept,
    run(session) {
      const { marks } = session.state.lists.tasks
      if (marks.size > 0) return acceptMarked(session, [...marks].map(Number))
      const task = selected(session.state)
      return task && askToAcceptMany(session, choiceOf(task))
    },
  },
  {
    keys: ['l'],
    label: 'log',
    does: 'open the log of the task',
    unavailable: (state) => whyNoLog(selected(state)),
    run(session) {
      const task = selected(session.state)
      if (task) session.openLog({ id: task.id, title: fullTaskName(task) })
    },
  },
  {
    keys: ['p'],
    label: 'pause',
    does: 'start nothing more at the site of the task, or go on there',
    acts: true,
    unavailable: (state) => (selected(state) ? null : NO_TASK),
    run(session) {
      const task = selected(session.state)
      return task && turnSite(session, task.website)
    },
  },
  {
    keys: ['R'],
    label: 'retry all',
    does: 'retry all that failed and that the filter chooses; asks first',
    acts: true,
    unavailable: whyNoRetryAll,
    run: retryFailed,
  },
  RESUME,
  START,
  ...listBindings('tasks', ({ size }) => listHeight(size)),
  PAUSE_ALL,
  DRAIN,
  ...sortBindings(Object.values(SORTS), (session, by) => session.lists.tasks.sortBy(by)),
]

/** Only those that wait are named: of others nothing can be accepted. */
async function acceptMarked(session: Session, marked: readonly number[]): Promise<void> {
  const ids = await session.ask({ type: 'task_ids', filter: { ids: marked, check: ['suspect'] } })
  if (!ids) return
  const left = marked.length - ids.length
  const notes = left === 0 ? [] : [`Of those marked ${plural(left, 'task')} without a suspect output.`]
  return askToAcceptMany(session, { filter: { ids }, name: plural(ids.length, 'task'), notes, list: 'tasks' })
}

function whyNoAccept(state: State): string | null {
  if (marksAny(state)) return null
  const task = selected(state)
  if (!task) return NO_TASK
  return task.output_check === 'suspect' ? null : 'no suspect output in this row'
}

function whyNoLog(task: Task | undefined): string | null {
  if (!task) return NO_TASK
  if (task.status === 'skipped') return 'a skipped task has not been tried'
  return task.attempts === 0 && task.started_at === null && task.error_message === null
    ? 'it has not been tried yet'
    : null
}

/** What the filter leaves of those that failed, the engine knows. */
function whyNoRetryAll(state: State): string | null {
  return state.lists.tasks.total ? whyNoneFailed(state) : 'the list is empty'
}

/** Of the marked ones the engine is asked, as most are not in hand. */
function whyNot(state: State, event: 'retry' | 'cancel'): string | null {
  if (marksAny(state)) return null
  const task = selected(state)
  if (!task) return NO_TASK
  return allowedFrom(event).includes(task.status) ? null : `a ${task.status} task cannot be ${DONE[event]}`
}

const DONE = { retry: 'retried', cancel: 'cancelled' } as const

function marksAny({ lists }: State): boolean {
  return lists.tasks.marks.size > 0
}

async function retryFailed(session: Session): Promise<void> {
  const chosen = tasksFilter(session.state, session.state.lists.tasks.search)
  if (!chosen) return
  const filter = { ...chosen, status: FAILED }
  const page = await session.ask({ type: 'tasks', filter, offset: 0, limit: 1 })
  if (!page) return
  if (page.total === 0) session.notify('nothing failed among these', 'warn')
  else askToRetry(session, { filter, name: `${plural(page.total, 'failed task')} of the list` })
}
