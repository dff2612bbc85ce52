import { allowedFrom } from '../../../domain/task.ts'
import { askToCancel, askToRetry, type Choice } from '../../acts/tasks.ts'
import { count } from '../../format.ts'
import type { Session } from '../../session.ts'
import { batchInView } from '../../state.ts'
import { tasksFilter } from './source.ts'

const ASK = { retry: askToRetry, cancel: askToCancel } as const
/** What a task is that it can be done to, and what another is. */
const IS = { retry: 'failed or cancelled', cancel: 'running or waiting' } as const
const IS_NOT = { retry: 'neither failed nor cancelled', cancel: 'not running or waiting' } as const

/** Asks whether it is to be done to the marked tasks: to how many, why not to the rest, and how many are out of sight. */
export async function askOfMarked(session: Session, event: 'retry' | 'cancel'): Promise<void> {
  const marked = [...session.state.lists.tasks.marks].map(Number)
  const batch = batchInView(session.state)
  if (batch === undefined) return
  const possible = await session.ask({ type: 'task_ids', filter: { batch, status: allowedFrom(event) } })
  const hidden = possible && (await hiddenOf(session, marked))
  if (!possible || hidden === undefined) return
  const allowed = new Set(possible)
  const ids = marked.filter((id) => allowed.has(id))
  if (ids.length === 0) return session.notify(`no marked task is ${IS[event]}`, 'warn')
  const notes = hidden === 0 ? [] : [`The filter hides ${count(hidden)} of the marked ones.`]
  ASK[event](session, {
    filter: { ids },
    name: nameOf(ids.length, marked.length, event),
    notes,
    list: 'tasks',
  })
}

function nameOf(possible: number, marked: number, event: 'retry' | 'cancel'): Choice['name'] {
  const all = `${count(marked)} marked ${marked === 1 ? 'task' : 'tasks'}`
  const rest = marked - possible
  if (rest === 0) return all
  return `${count(possible)} of ${all} (${count(rest)} ${rest === 1 ? 'is' : 'are'} ${IS_NOT[event]})`
}

/** How many of these the list does not show. */
async function hiddenOf(session: Session, marked: readonly number[]): Promise<number | undefined> {
  const { state } = session
  const { search } = state.lists.tasks
  const filter = tasksFilter(state, search)
  if (!filter || (search.trim() === '' && state.tasks.error === null)) return 0
  const shown = await session.ask({ type: 'task_ids', filter })
  if (!shown) return undefined
  const ids = new Set(shown)
  return marked.filter((id) => !ids.has(id)).length
}
