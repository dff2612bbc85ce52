import { bytes } from '../../format.ts'
import { Divider } from '../../components/frame.tsx'
import { Line } from '../../components/line.tsx'
import type { State } from '../../state.ts'
import { createTheme, type Span, type Theme } from '../../theme.ts'
import { attemptRows, verdictSpan } from './attempts.ts'
import { checkRows } from './checks.ts'
import { factRows } from './facts.ts'
import { outputRows } from './output.ts'
import { attemptInView } from './state.ts'

/** A line of what stands above the log; one with a title begins a part. */
export interface DocumentLine {
  title?: string
  /** What stands in the line, or at the other end of the title. */
  spans: readonly Span[]
}

/** Facts, attempts, checks and output, one below the other. */
export function taskDocument(
  state: Pick<State, 'task' | 'shown'>,
  cells: number,
  theme: Theme,
): DocumentLine[] {
  const { view } = state.task
  const own = attemptInView(state.task)
  const lines = factRows(state, cells, theme).map(line)
  if (view && own) {
    const { status } = view.task
    const now = state.shown?.now ?? new Date(0)
    const checks = checkRows(own, cells, theme)
    const verdict = verdictSpan(own, status, theme.glyphs)
    lines.push(part('Attempts', { text: String(view.attempts.length), style: 'dim' }))
    lines.push(...attemptRows(view.attempts, own, { cells, now, status }, theme).map(line))
    if (verdict && checks.length > 0) lines.push(part('Checks', verdict), ...checks.map(line))
  }
  return [...lines, ...outputLines(state, cells, theme)]
}

/** How many lines that is. */
export function documentLength(state: Pick<State, 'task' | 'shown' | 'size'>): number {
  return taskDocument(state, state.size.columns - 4, PLAIN).length
}

export function Document({ lines }: { lines: readonly DocumentLine[] }) {
  return lines.map(({ title, spans }, row) =>
    title === undefined ? (
      <Line key={row} spans={spans} />
    ) : (
      <Divider key={row} title={[{ text: title, style: 'strong' }]} note={spans} />
    ),
  )
}

/** How it looks makes no line more. */
const PLAIN = createTheme({ color: 'none', ascii: true })

function outputLines(state: Pick<State, 'task' | 'shown'>, cells: number, theme: Theme): DocumentLine[] {
  const { output, view } = state.task
  if (output === null) return []
  if (typeof output === 'string') return [part('Output', { text: 'none yet', style: 'dim' })]
  const unfinished = view?.running ? ' so far' : ' left behind'
  const size = `${bytes(output.bytes)}${output.accepted ? '' : unfinished}`
  const { rows, shown } = outputRows(output, cells, theme)
  const columns = output.columns.length
  const which = shown < columns ? `${shown} of ${columns} columns, ` : ''
  return [part('Output', { text: `first rows, ${which}${size}`, style: 'dim' }), ...rows.map(line)]
}

function line(spans: readonly Span[]): DocumentLine {
  return { spans }
}

function part(title: string, note: Span): DocumentLine {
  return { title, spans: [note] }
}
