import type { SlotDecision } from '../../../domain/schedule.ts'
import type { Glyphs } from '../../glyphs.ts'
import type { Span } from '../../theme.ts'
import type { Look } from '../status.ts'

/** How each decision is told. */
export const DECISIONS: Readonly<Record<SlotDecision, Look>> = {
  ran: { glyph: 'done', word: 'ran', style: 'good' },
  caught_up: { glyph: 'retrying', word: 'caught up', style: 'good' },
  queued: { glyph: 'pending', word: 'queued', style: 'accent' },
  skipped_overlap: { glyph: 'cancelled', word: 'skipped', style: 'warn' },
  missed: { glyph: 'held', word: 'missed', style: 'warn' },
  failed: { glyph: 'failed', word: 'failed', style: 'bad' },
}

/** What became of a slot. */
export function decisionSpan(decision: SlotDecision, glyphs: Glyphs): Span {
  const { glyph, word, style } = DECISIONS[decision]
  return { text: `${glyphs[glyph]} ${word}`, style }
}

export function switchSpan(enabled: boolean, { running, paused }: Glyphs): Span {
  return enabled ? { text: `${running} on`, style: 'good' } : { text: `${paused} off`, style: 'warn' }
}
