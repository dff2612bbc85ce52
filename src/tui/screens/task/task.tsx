import { Box } from 'ink'
import { fullTaskName } from '../../format.ts'
import { Divider } from '../../components/frame.tsx'
import { Note } from '../../components/line.tsx'
import { useLook } from '../../kernel/look.ts'
import { useSelect } from '../../kernel/select.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { LOG, logMode, markedLine, searchSpans } from '../log/log.tsx'
import { LogLines } from '../log/log-lines.tsx'
import { logShape } from '../log/shape.ts'
import type { LogView, Shape } from '../log/view.ts'
import type { Copy, Screen } from '../screen.ts'
import { TASK_BINDINGS } from './bindings.ts'
import { Document, documentLength, taskDocument } from './document.tsx'
import { taskHeight } from './layout.ts'
import { loadTask, tailTask } from './load.ts'
import { attemptInView } from './state.ts'

/** One task: what became of each attempt, what it delivered, and what it says at this moment. */
export const TASK: Screen = {
  name: 'task',
  title: 'Task',
  bindings: TASK_BINDINGS,
  Body: Task,
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

function Task() {
  const { theme, inner } = useLook()
  const state = useSelect(({ task, log, shown, size, trail }) => ({ task, log, shown, size, trail }))
  const { id, view, from } = state.task
  if (!view) return <Note text={`Asking for task ${id}`} />
  const height = taskHeight(state)
  const above = taskDocument(state, inner, theme)
  const first = Math.min(from, Math.max(0, above.length - height))
  return (
    <>
      <Box flexDirection="column" flexShrink={0} height={height}>
        <Document lines={above.slice(first, first + height)} />
      </Box>
      <LogPart log={state.log} own={state.task.pane === 'log'} shape={logShape(state)} />
    </>
  )
}

/** The log of the attempt looked at. */
function LogPart({ log, own, shape }: { log: LogView | null; own: boolean; shape: Shape }) {
  const { theme } = useLook()
  const title: Span[] = [{ text: 'Log', style: own ? 'title' : 'strong' }]
  if (log) title.push({ text: ` of attempt ${log.attempt ?? '?'}`, style: 'dim' })
  if (log?.search) title.push({ text: '  ' }, ...searchSpans(log.search))
  return (
    <>
      <Divider title={title} note={log ? logMode(log, theme) : []} />
      {log ? <LogLines log={log} shape={shape} /> : <Note text="Nothing here: it has not been tried yet" />}
    </>
  )
}

function note(text: string): Span[] {
  return [{ text, style: 'dim' }]
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
