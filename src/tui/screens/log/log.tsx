import { Line } from '../../components/line.tsx'
import { count } from '../../format.ts'
import { spread } from '../../frame.ts'
import { useLook } from '../../kernel/look.ts'
import { useSelect } from '../../kernel/select.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import type { Copy, Screen } from '../screen.ts'
import { LOG_BINDINGS } from './bindings.ts'
import { LogLines } from './log-lines.tsx'
import { logShape } from './shape.ts'
import type { LogView, SearchView } from './view.ts'

/** The log of one attempt. */
export const LOG: Screen = {
  name: 'log',
  title: 'Log',
  bindings: LOG_BINDINGS,
  Body: Log,
  place: ({ log }) => (log?.search ? searchSpans(log.search) : []),
  filter: {
    text: ({ log }) => log?.search?.text ?? '',
    set: (session, text) => session.log?.searchFor(text),
  },
  copies: markedLine,
  close: (session) => session.closeLog(),
  refresh: (session) => void session.log?.learn(),
}

/** The line gone to, to be copied. */
export function markedLine({ log }: Pick<State, 'log'>): Copy[] {
  const line = log?.lines.find(({ offset }) => offset === log.mark)
  return line ? [{ key: 'm', what: 'marked line', text: line.text }] : []
}

function Log() {
  const { theme, inner } = useLook()
  const state = useSelect(({ log, trail, size, task, shown }) => ({ log, trail, size, task, shown }))
  const { log } = state
  if (!log) return null
  return (
    <>
      <Line spans={spread(logTitle(log, theme), logMode(log, theme), inner)} />
      <LogLines log={log} shape={logShape(state)} />
    </>
  )
}

/** Whose log it is. */
function logTitle({ title, task_id, attempt, attempts }: LogView, { glyphs }: Theme): Span[] {
  const of = attempts !== null && attempts > 1 ? ` of ${attempts}` : ''
  return [
    { text: title, style: 'strong' },
    { text: ` ${glyphs.dot} task ${task_id}, attempt ${attempt ?? '?'}${of}`, style: 'dim' },
  ]
}

/** Which lines are shown, and whether new ones are. */
export function logMode({ choice, looking, following, ended }: LogView, { glyphs }: Theme): Span[] {
  const streams = choice.stream === undefined ? 'out + err' : `${choice.stream} only`
  const dot: Span = { text: ` ${glyphs.dot} `, style: 'dim' }
  const mode: Span = looking
    ? { text: `looking${glyphs.ellipsis}`, style: 'warn' }
    : !following
      ? { text: 'scrolled back', style: 'warn' }
      : ended
        ? { text: 'the end', style: 'dim' }
        : { text: 'following', style: 'good' }
  return [
    { text: streams, style: choice.stream === undefined ? 'dim' : 'warn' },
    ...(choice.errors ? [dot, { text: 'errors only', style: 'warn' } as const] : []),
    dot,
    mode,
  ]
}

/** `2 of 131`; while the search still goes on, what it has found so far. */
export function searchSpans({ text, count: found, done, at }: SearchView): Span[] {
  const total = done ? count(found) : `${count(found)} so far`
  const which = at === null ? total : `${count(at + 1)} of ${total}`
  return [
    { text: `/${text}  `, style: 'dim' },
    { text: which, style: found > 0 ? 'accent' : 'warn' },
  ]
}
