import { LongList } from '../../components/long-list.tsx'
import { useLook } from '../../kernel/look.ts'
import { useHeight, useSelect } from '../../kernel/select.ts'
import { listPlace } from '../../list/place-spans.ts'
import { rowAtCursor } from '../../list/view.ts'
import type { Session } from '../../session.ts'
import { batchInView, type State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { batchSpans } from '../about.ts'
import type { Copy, Screen } from '../screen.ts'
import { TASKS_BINDINGS } from './bindings.ts'
import { taskColumns } from './columns.ts'

/** Every task of the batch in view. */
export const TASKS: Screen = {
  name: 'tasks',
  title: 'Tasks',
  key: '2',
  bindings: TASKS_BINDINGS,
  Body: Tasks,
  about: (state, theme) => about(state, theme),
  place: ({ lists }) => listPlace(lists.tasks),
  waits: ({ lists }) => lists.tasks.pending,
  filter: {
    text: ({ lists }) => lists.tasks.search,
    set: (session, text) => void session.lists.tasks.search(text),
    fault: ({ lists }) => lists.tasks.fault,
  },
  copies,
  open,
  refresh: (session) => void session.lists.tasks.refresh(),
}

/** What was not opened from a group of failures shows more than that group. */
function open(session: Session): void {
  const { state, lists } = session
  const widened = state.trail.length === 1 && state.tasks.error !== null
  if (widened) session.set({ tasks: { error: null } })
  void (widened ? lists.tasks.reset() : lists.tasks.refresh())
}

function Tasks() {
  const { theme } = useLook()
  const height = useHeight()
  const { list, shown, batch } = useSelect(({ lists, ...state }) => ({
    list: lists.tasks,
    shown: state.shown,
    batch: state.batch,
  }))
  const running = new Map(shown?.overview.running.map((task) => [task.task_id, task]))
  const columns = taskColumns({ running, now: shown?.now ?? new Date(0) }, theme)
  const none =
    batchInView({ batch, shown }) === undefined ? 'No batch yet; b starts one' : 'This batch has no tasks'
  const empty = list.search === '' ? none : `No task matches "${list.search}"; Esc shows all`
  return <LongList view={list} columns={columns} id={({ id }) => String(id)} empty={empty} height={height} />
}

/** Whose tasks these are, and what they are narrowed by. */
function about(state: State, theme: Theme): Span[] {
  const { search } = state.lists.tasks
  const { error } = state.tasks
  const narrowed = [search === '' ? '' : `/${search}`, error === null ? '' : error.name].filter(
    (text) => text !== '',
  )
  return [
    ...batchSpans(state, theme),
    ...narrowed.flatMap((text): Span[] => [
      { text: ` ${theme.glyphs.dot} `, style: 'dim' },
      { text, style: 'warn' },
    ]),
  ]
}

function copies({ lists }: State): Copy[] {
  const task = rowAtCursor(lists.tasks)
  if (!task) return []
  const error = task.error_message === null ? [] : [{ key: 'e', what: 'error', text: task.error_message }]
  return [
    { key: 'i', what: 'id', text: String(task.id) },
    { key: 'u', what: 'URL', text: task.url },
    { key: 'p', what: 'path', text: task.output_path },
    ...error,
  ]
}
