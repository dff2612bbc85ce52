import type { BatchView, EngineState, SiteView } from '../../domain/query.ts'
import type { TaskStatus } from '../../domain/task.ts'
import type { Glyphs } from '../glyphs.ts'
import type { Span, Style } from '../theme.ts'

/** Every state is a glyph and a word, and a colour on top. */
export interface Look {
  glyph: keyof Glyphs
  word: string
  style: Style
}

export const TASKS: Readonly<Record<TaskStatus, Look>> = {
  completed: { glyph: 'done', word: 'completed', style: 'good' },
  running: { glyph: 'running', word: 'running', style: 'accent' },
  pending: { glyph: 'pending', word: 'pending', style: 'dim' },
  retrying: { glyph: 'retrying', word: 'retrying', style: 'warn' },
  failed: { glyph: 'held', word: 'failed', style: 'warn' },
  permanently_failed: { glyph: 'failed', word: 'perm. failed', style: 'bad' },
  skipped: { glyph: 'skipped', word: 'skipped', style: 'warn' },
  cancelled: { glyph: 'cancelled', word: 'cancelled', style: 'dim' },
}

const SITES: Record<SiteView['state'], Look> = {
  running: TASKS.running,
  waiting: { glyph: 'pending', word: 'waiting', style: 'plain' },
  paused: { glyph: 'paused', word: 'paused', style: 'warn' },
  done: { glyph: 'done', word: 'done', style: 'good' },
}

const ENGINES: Record<EngineState, Look> = {
  idle: { glyph: 'pending', word: 'idle', style: 'plain' },
  running: TASKS.running,
  paused: SITES.paused,
  interrupted: { glyph: 'alert', word: 'interrupted', style: 'warn' },
  held: { glyph: 'alert', word: 'held', style: 'warn' },
  draining: { glyph: 'paused', word: 'draining', style: 'warn' },
  closing: { glyph: 'paused', word: 'closing', style: 'warn' },
}

const BATCHES: Record<BatchView['status'], Look> = {
  running: TASKS.running,
  completed: TASKS.completed,
  failed: { glyph: 'failed', word: 'failed', style: 'bad' },
  cancelled: TASKS.cancelled,
}

export function taskSpan(status: TaskStatus, glyphs: Glyphs): Span {
  return span(TASKS[status], glyphs)
}

export function siteSpan(state: SiteView['state'], glyphs: Glyphs): Span {
  return span(SITES[state], glyphs)
}

export function engineSpan(state: EngineState, glyphs: Glyphs): Span {
  return span(ENGINES[state], glyphs)
}

export function batchStatusSpan(status: BatchView['status'], glyphs: Glyphs): Span {
  return span(BATCHES[status], glyphs)
}

/** What the batch is doing: the engine's state while the batch is open, else how the batch ended. */
export function batchSpan(batch: BatchView, engine: EngineState, glyphs: Glyphs): Span {
  return span(
    batch.status === 'running' && engine !== 'idle' ? ENGINES[engine] : BATCHES[batch.status],
    glyphs,
  )
}

function span({ glyph, word, style }: Look, glyphs: Glyphs): Span {
  return { text: `${glyphs[glyph]} ${word}`, style }
}
