import type { State } from '../state.ts'
import type { Span } from '../theme.ts'

/** What the last key came to, for the lower edge of a screen. */
export function noticeSpans({ notice }: Pick<State, 'notice'>): Span[] {
  return notice ? [{ text: notice.text, style: notice.style }] : []
}
