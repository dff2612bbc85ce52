import { allowedFrom, type Task, type TaskEvent } from '../../../domain/task.ts'
import { turnSite } from '../../acts/sites.ts'
import { askToAccept, askToCancel, choiceOf, retry } from '../../acts/tasks.ts'
import { fullTaskName } from '../../format.ts'
import type { Binding } from '../../keymap.ts'
import { moveBindings } from '../../list/bindings.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import { documentLength } from './document.tsx'
import { taskHeight } from './layout.ts'
import { tailTask, turnToTask } from './load.ts'
import { inFacts, PANE_BINDINGS, TO_PANE_BINDINGS } from './pane.ts'
import { attemptInView } from './state.ts'

/** `act` on the task that is shown. */
const on = (act: (session: Session, task: Task) => void | Promise<void>) => (session: Session) => {
  const task = session.state.task.view?.task
  return task && act(session, task)
}

const whyNot =
  (event: TaskEvent['type'], done: string) =>
  ({ task: { view } }: State) => {
    if (!view) return 'the task is not known yet'
    return allowedFrom(event).includes(view.task.status)
      ? null
      : `a ${view.task.status} task cannot be ${done}`
  }

const otherAttempt = (by: 1 | -1) => (session: Session) => {
  const { task } = session.state
  const to = (attemptInView(task)?.number ?? 0) + by
  session.set({ task: { ...task, attempt: to } })
  // What is searched for in one log is searched for in the next.
  if (session.log) return session.log.openAttempt(to)
  return tailTask(session)
}

const noAttempt = (by: 1 | -1, why: string) => (state: State) => {
  const to = (attemptInView(state.task)?.number ?? 0) + by
  return state.task.view?.attempts.some(({ number }) => number === to) ? null : why
}

/** @param at where the log is opened */
const openLog = (at?: 'error') =>
  on((session, task) => {
    const attempt = attemptInView(session.state.task)?.number
    session.openLog({
      id: task.id,
      title: fullTaskName(task),
      ...(attempt !== undefined && { attempt }),
      ...(at && { at }),
    })
  })

const untried = ({ task }: State) => (attemptInView(task) ? null : 'it has not been tried yet')

export const TASK_BINDINGS: readonly Binding[] = [
  ...PANE_BINDINGS,
  {
    keys: ['r'],
    label: 'retry',
    does: 'retry the task, or fetch a suspect output again',
    acts: true,
    // The doubtful output stays where it is until another one replaces it.
    unavailable: (state) => whyNoAccept(state) && whyNot('retry', 'retried')(state),
    run: on((session, task) => retry(session, choiceOf(task))),
  },
  {
    keys: ['c'],
    label: 'cancel',
    does: 'cancel the task; asks first',
    acts: true,
    unavailable: whyNot('cancel', 'cancelled'),
    run: on((session, task) => askToCancel(session, choiceOf(task))),
  },
  {
    keys: ['a'],
    label: 'accept',
    does: 'take the suspect output for good; asks first',
    acts: true,
    unavailable: whyNoAccept,
    run: on((session, task) => askToAccept(session, choiceOf(task))),
  },
  {
    keys: ['l'],
    label: 'whole log',
    does: 'open the whole log of the attempt',
    unavailable: untried,
    run: openLog(),
  },
  {
    keys: ['enter', 'e'],
    label: 'error',
    does: 'open the log where the attempt tells of its error',
    unavailable: ({ task }) => (attemptInView(task)?.error_class ? null : 'this attempt tells of no error'),
    run: openLog('error'),
  },
  ...TO_PANE_BINDINGS,
  {
    keys: ['['],
    label: 'attempt before',
    does: 'look at the attempt before',
    unavailable: noAttempt(-1, 'this is the first attempt'),
    run: otherAttempt(-1),
  },
  {
    keys: [']'],
    label: 'next attempt',
    does: 'look at the next attempt',
    unavailable: noAttempt(1, 'this is the last attempt'),
    run: otherAttempt(1),
  },
  {
    keys: ['m'],
    does: 'go to the main task, or to the detail task',
    unavailable: ({ task }) => (task.relative ? null : 'this task stands alone'),
    run: (session) => {
      const { relative } = session.state.task
      if (relative) turnToTask(session, relative.id)
    },
  },
  {
    keys: ['p'],
    does: 'start nothing more at the site of the task, or go on there',
    acts: true,
    unavailable: ({ task }) => (task.view ? null : 'the task is not known yet'),
    run: on((session, { website }) => turnSite(session, website)),
  },
  ...moveBindings(scroll).map(inFacts),
]

function whyNoAccept({ task }: State): string | null {
  const last = task.view?.attempts.at(-1)
  if (task.view?.task.status !== 'completed' || last?.verdict !== 'suspect')
    return 'its output is not suspect'
  return last.accepted_at === null ? null : 'its output is accepted already'
}

function scroll(session: Session, rows: (height: number) => number): void {
  const { task } = session.state
  const height = taskHeight(session.state)
  const from = Math.max(0, Math.min(task.from + rows(height), documentLength(session.state) - height))
  session.set({ task: { ...task, from } })
}
