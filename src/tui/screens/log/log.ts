import type { LogLine } from '../../../domain/logs.ts'
import { bytes, secondOfDay } from '../../format.ts'
import { spread } from '../../frame.ts'
import { lastTop, type LogView } from '../../log-tail.ts'
import type { State } from '../../state.ts'
import type { Span, Style, Theme } from '../../theme.ts'
import type { Canvas, Screen } from '../screen.ts'
import { LOG_BINDINGS } from './bindings.ts'
import { logHeight } from './height.ts'
import { messageSpan } from './message.ts'

export const LOG: Screen = {
  name: 'log',
  title: 'Log',
  bindings: LOG_BINDINGS,
  draw,
  close: (session) => session.closeLog(),
}

const STREAMS: Record<LogLine['stream'], { tag: string; style: Style }> = {
  out: { tag: 'out', style: 'plain' },
  err: { tag: 'err', style: 'warn' },
  zafra: { tag: 'zaf', style: 'accent' },
}

function draw({ log, size }: State, { frame, theme }: Canvas): string[] {
  if (!log) return []
  const height = logHeight(size)
  const top = log.following ? lastTop(log, height) : log.top
  const lines = log.lines.slice(top, top + height).map((line) => frame.row(lineSpans(line, theme)))
  if (log.lines.length === 0) lines.push(frame.row([{ text: emptyText(log), style: 'dim' }]))
  return [frame.row(spread(title(log, theme), place(log), frame.inner)), ...lines]
}

function title({ title: task, task_id, attempt }: LogView, { glyphs }: Theme): Span[] {
  const dot: Span = { text: ` ${glyphs.dot} `, style: 'dim' }
  const spans: Span[] = [{ text: task, style: 'strong' }, dot]
  return [...spans, { text: `task ${task_id}, attempt ${attempt ?? '?'}`, style: 'dim' }]
}

function place({ stream, following, dropped }: LogView): Span[] {
  const which = stream === undefined ? 'out + err' : `${stream} only`
  const cut = dropped > 0 ? `   ${bytes(dropped)} cut out` : ''
  const mode: Span = following
    ? { text: 'following', style: 'good' }
    : { text: 'scrolled back', style: 'warn' }
  return [{ text: `${which}${cut}   `, style: 'dim' }, mode]
}

function emptyText({ attempt }: LogView): string {
  return attempt === null ? 'Reading' : 'Nothing here yet'
}

function lineSpans({ at, stream, text, continued }: LogLine, { glyphs }: Theme): Span[] {
  const { tag, style: own } = STREAMS[stream]
  const more = continued ? glyphs.ellipsis : ''
  return [
    { text: `${secondOfDay(new Date(at))} `, style: 'dim' },
    { text: `${tag} `, style: stream === 'out' ? 'dim' : own },
    messageSpan(text) ?? { text: text + more, style: own },
  ]
}
