import type { BatchView, EngineState, SiteView } from '../../domain/query.ts'
import type { Task, TaskStatus } from '../../domain/task.ts'
import type { Glyphs } from '../glyphs.ts'
import type { Style } from '../style.ts'
import type { Span } from '../theme.ts'

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

const SUSPECT: Look = { glyph: 'alert', word: 'suspect', style: 'warn' }
const ACCEPTED: Look = { glyph: 'done', word: 'accepted', style: 'good' }
const INCOMPLETE: Look = { glyph: 'held', word: 'incomplete', style: 'warn' }

/** The state of a task, and where it completed what is to be known of its output before it is taken for good. */
export function outcomeLook({ status, output_check, output_complete }: Outcome): Look {
  if (status !== 'completed') return TASKS[status]
  if (output_check === 'suspect') return SUSPECT
  if (output_complete === false) return INCOMPLETE
  return output_check === 'accepted' ? ACCEPTED : TASKS.completed
}

export type Outcome = Pick<Task, 'status' | 'output_check' | 'output_complete'>

export function outcomeSpan(task: Outcome, glyphs: Glyphs): Span {
  return span(outcomeLook(task), glyphs)
}

export function siteSpan(state: SiteView['state'], glyphs: Glyphs): Span {
  return span(SITES[state], glyphs)
}

export function engineSpan(state: EngineState, glyphs: Glyphs): Span {
  return span(ENGINES[state], glyphs)
}

export function batchStatusSpan(
  batch: Pick<BatchView, 'status' | 'failed_tasks' | 'outputs'>,
  glyphs: Glyphs,
): Span {
  if (batch.status === 'completed' && leavesWork(batch))
    return span({ ...TASKS.completed, glyph: 'alert', style: 'warn' }, glyphs)
  return span(BATCHES[batch.status], glyphs)
}

/** What the batch is doing: the engine's state while the batch is open, else how the batch ended. */
export function batchSpan(batch: BatchView, engine: EngineState, glyphs: Glyphs): Span {
  if (batch.status === 'running' && engine !== 'idle') return span(ENGINES[engine], glyphs)
  if (batch.status !== 'completed' || !leavesWork(batch)) return span(BATCHES[batch.status], glyphs)
  return span({ ...TASKS.completed, glyph: 'alert', style: 'warn' }, glyphs)
}

/** Whether a batch that completed has something that is not well: no state that is simply good. */
function leavesWork(batch: Pick<BatchView, 'failed_tasks' | 'outputs'>): boolean {
  return batch.failed_tasks + batch.outputs.suspect > 0
}

function span({ glyph, word, style }: Look, glyphs: Glyphs): Span {
  return { text: `${glyphs[glyph]} ${word}`, style }
}
