import { fullTaskName } from '../../format.ts'
import type { Frame } from '../../frame.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { emptyText, LOG, logMode, markedLine, searchSpans } from '../log/log.ts'
import { logRows } from '../log/rows.ts'
import { logShape } from '../log/shape.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { TASK_BINDINGS } from './bindings.ts'
import { documentLength, drawDocument, taskDocument } from './document.ts'
import { taskHeight } from './layout.ts'
import { loadTask, tailTask } from './load.ts'
import { attemptInView } from './state.ts'

/** One task: what became of each attempt, what it delivered, and what it says at this moment. */
export const TASK: Screen = {
  name: 'task',
  title: 'Task',
  bindings: TASK_BINDINGS,
  draw,
  about,
  place,
  waits: ({ state: { task } }) => task.view === null && task.asking,
  ...(LOG.filter && { filter: LOG.filter }),
  copies,
  open(session) {
    if (session.state.task.view) tailTask(session)
    void loadTask(session)
  },
  close: (session) => session.closeLog(),
  refresh: (session) => void loadTask(session),
}

function draw(state: State, { frame, theme }: Canvas): string[] {
  const { id, view, from } = state.task
  if (!view) return [frame.row(note(`Asking for task ${id}`))]
  const height = taskHeight(state)
  const above = taskDocument(state, frame.inner, theme)
  const first = Math.min(from, Math.max(0, above.length - height))
  const shown = drawDocument(above.slice(first, first + height), frame)
  while (shown.length < height) shown.push(frame.row([]))
  return [...shown, ...logLines(state, frame, theme)]
}

function note(text: string): Span[] {
  return [{ text, style: 'dim' }]
}

/** The log of the attempt looked at. */
function logLines(state: State, frame: Frame, theme: Theme): string[] {
  const { log, task } = state
  const title: Span[] = [{ text: 'Log', style: task.pane === 'log' ? 'title' : 'strong' }]
  if (!log) return [frame.divider(title), frame.row(note('Nothing here: it has not been tried yet'))]
  title.push({ text: ` of attempt ${log.attempt ?? '?'}`, style: 'dim' })
  if (log.search) title.push({ text: '  ' }, ...searchSpans(log.search))
  const rows = logRows(log, logShape(state), theme)
  if (rows.length === 0) rows.push(note(emptyText(log)))
  return [frame.divider(title, logMode(log, theme)), ...rows.map(frame.row)]
}

function about({ task: { view, id } }: State, { glyphs }: Theme): Span[] {
  if (!view) return note(`task ${id ?? ''}`)
  const { task } = view
  return [
    { text: fullTaskName(task), style: 'strong' },
    { text: ` ${glyphs.dot} task ${task.id}`, style: 'dim' },
  ]
}

/** Which of the lines above the log are seen. */
function place(state: State): Span[] {
  const height = taskHeight(state)
  const all = documentLength(state)
  const from = Math.min(state.task.from, Math.max(0, all - height))
  return all > height ? note(`${from + 1}-${from + height} of ${all} lines`) : []
}

function copies(state: State): Copy[] {
  const { view } = state.task
  if (!view) return []
  const { task } = view
  const own = attemptInView(state.task)
  const error = own?.error_message ?? task.error_message
  return [
    { key: 'i', what: 'id', text: String(task.id) },
    { key: 'u', what: 'URL', text: task.url },
    { key: 'p', what: 'path', text: task.output_path },
    ...(error === null || error === undefined ? [] : [{ key: 'e', what: 'error', text: error }]),
    ...(own ? [{ key: 'l', what: 'log', text: own.log_path }] : []),
    ...markedLine(state),
  ]
}
