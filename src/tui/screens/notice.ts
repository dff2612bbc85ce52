import type { State } from '../state.ts'
import type { Span } from '../theme.ts'

/** What the last key came to, for the lower edge of a screen; else why the engine cannot be reached. */
export function noticeSpans({ notice, lost }: Pick<State, 'notice' | 'lost'>): Span[] {
  if (notice) return [{ text: notice.text, style: notice.style }]
  return lost ? [{ text: `${lost.message}; this is the last that was heard`, style: 'warn' }] : []
}

/** For the upper edge, in place of what else it says: the engine cannot be reached. Null: it can. */
export function lostSpans({ lost }: Pick<State, 'lost'>): Span[] | null {
  if (!lost) return null
  const again = lost.retry_s === 0 ? 'trying again' : `retry in ${lost.retry_s} s`
  return [{ text: `connection lost, ${again}`, style: 'bad' }]
}
