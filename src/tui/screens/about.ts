import { batchInView, type State } from '../state.ts'
import type { Span, Theme } from '../theme.ts'

/** Which batch is looked at, and whether that is one of the past. */
export function batchSpans(state: Pick<State, 'batch' | 'shown'>, { glyphs }: Theme): Span[] {
  const named: Span = { text: batchInView(state) ?? 'no batch', style: 'strong' }
  return state.batch === null ? [named] : [{ text: `history ${glyphs.into} `, style: 'warn' }, named]
}

/** What a list is narrowed by. */
export function searchSpans(search: string, { glyphs }: Theme): Span[] {
  if (search === '') return []
  return [
    { text: ` ${glyphs.dot} `, style: 'dim' },
    { text: `/${search}`, style: 'warn' },
  ]
}
