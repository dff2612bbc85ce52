import { reason } from '../../../domain/error.ts'
import type { OutputView, Views } from '../../../domain/query.ts'
import { safeDeep } from '../../../domain/safe.ts'
import type { Task } from '../../../domain/task.ts'
import type { Session } from '../../session.ts'
import { front } from '../../state.ts'
import type { LogView } from '../log/view.ts'
import { initialTask, type TaskState } from './state.ts'

/** Rows of the output that are looked at. */
const OUTPUT_ROWS = 8
/** More tasks than this do not share one combination. */
const LIKE_TASKS = 50

/** Opens the screen of a task. */
export function openTask(session: Session, id: number): void {
  const { asking } = session.state.task
  session.set({ task: { ...initialTask(id), asking } })
  session.open('task')
}

/** Shows another task in the place of the one that is shown. */
export function turnToTask(session: Session, id: number): void {
  const { asking } = session.state.task
  session.set({ task: { ...initialTask(id), asking } })
  void loadTask(session)
}

/** Asks what has become of the task, one question at a time; asked again meanwhile, once more afterwards. */
export async function loadTask(session: Session): Promise<void> {
  const { id, asking } = session.state.task
  if (id === null) return
  if (asking) return put(session, { stale: true })
  put(session, { asking: true })
  do {
    put(session, { stale: false })
    await renew(session)
  } while (session.state.task.stale)
  put(session, { asking: false })
}

async function renew(session: Session): Promise<void> {
  const { id } = session.state.task
  if (id === null) return
  const view = await session.ask({ type: 'task', id })
  if (view) await take(session, id, view)
}

async function take(session: Session, id: number, view: Views['task']): Promise<void> {
  if (session.state.task.id !== id) return
  const { readable } = session.surroundings
  const before = session.state.task.view
  put(session, { view: safeDeep(view, readable) })
  const { log } = session.state
  const another = before !== null && before.attempts.length < view.attempts.length
  // Elsewhere by now, where nobody would look at it nor close it: coming back opens it.
  const inFront = front(session.state) === 'task'
  if (inFront && view.attempts.length > 0 && (!log || (another && isAtEnd(log)))) tailTask(session)
  if (before && stamp(before) === stamp(view)) return
  const relative = await relativeOf(session, view.task)
  const output = await outputOf(session, id)
  if (session.state.task.id === id)
    put(session, {
      relative: relative ? safeDeep(relative, readable) : null,
      output: safeDeep(output, readable),
    })
}

/** Shows the end of the log of the attempt looked at. */
export function tailTask(session: Session): void {
  const { id, attempt } = session.state.task
  if (id !== null) session.tailLog({ id, title: 'Log', ...(attempt !== null && { attempt }) })
}

/** Whoever has gone back in a log, or looks for something in it, is not taken away from there. */
function isAtEnd({ following, search }: LogView): boolean {
  return following && search === null
}

/** What has to have changed for the output, or a relative, to have. */
function stamp({ task, attempts, running }: Views['task']): string {
  return `${task.status} ${task.ready} ${attempts.length} ${running?.progress.items ?? ''}`
}

async function relativeOf(session: Session, task: Task): Promise<Task | undefined> {
  if (task.depends_on !== null) return (await session.ask({ type: 'task', id: task.depends_on }))?.task
  const { execution_batch: batch, website: site, city, operation, product } = task
  const filter = { batch, site, city, operation, product }
  const like = await session.ask({ type: 'tasks', filter, offset: 0, limit: LIKE_TASKS })
  return like?.tasks.find(({ depends_on }) => depends_on === task.id)
}

/** That nothing has been written yet is no failure. */
async function outputOf(session: Session, task_id: number): Promise<OutputView | string> {
  try {
    return await session.surroundings.engine.query({ type: 'output', task_id, limit: OUTPUT_ROWS })
  } catch (error) {
    return reason(error)
  }
}

function put(session: Session, patch: Partial<TaskState>): void {
  session.set({ task: { ...session.state.task, ...patch } })
}
