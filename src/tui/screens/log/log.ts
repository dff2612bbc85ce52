import type { LogLine } from '../../../domain/logs.ts'
import { bytes, secondOfDay } from '../../format.ts'
import { createFrame } from '../../frame.ts'
import { lastTop, type LogView } from '../../log-tail.ts'
import type { State } from '../../state.ts'
import type { Span, Style, Theme } from '../../theme.ts'
import { noticeSpans } from '../notice.ts'
import type { Screen } from '../screen.ts'
import { LOG_BINDINGS } from './bindings.ts'
import { logHeight } from './height.ts'
import { messageSpan } from './message.ts'

export const LOG: Screen = { title: 'Log', bindings: LOG_BINDINGS, draw }

const STREAMS: Record<LogLine['stream'], { tag: string; style: Style }> = {
  out: { tag: 'out', style: 'plain' },
  err: { tag: 'err', style: 'warn' },
  zafra: { tag: 'zaf', style: 'accent' },
}

function draw(state: State, theme: Theme): string[] {
  const { log, size } = state
  if (!log) return []
  const frame = createFrame(size.columns, theme)
  const height = logHeight(size)
  const top = log.following ? lastTop(log, height) : log.top
  const lines = log.lines.slice(top, top + height).map((line) => frame.row(lineSpans(line, theme)))
  if (log.lines.length === 0) lines.push(frame.row([{ text: emptyText(log), style: 'dim' }]))
  while (lines.length < height) lines.push(frame.row([]))
  return [frame.top(title(log, theme), place(log)), ...lines, frame.bottom(noticeSpans(state))]
}

function title({ title: task, task_id, attempt }: LogView, { glyphs }: Theme): Span[] {
  const dot: Span = { text: ` ${glyphs.dot} `, style: 'dim' }
  const spans: Span[] = [{ text: 'Log', style: 'title' }, dot, { text: task, style: 'strong' }, dot]
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
