import { count } from '../format.ts'
import type { Span } from '../theme.ts'
import type { ListView } from './view.ts'

/** Where in the list we are, and how much of it is chosen and marked. */
export function listPlace({ total, cursor, marks, anchor }: ListView<unknown>): Span[] {
  const range = anchor === null ? '' : `range of ${count(Math.abs(anchor - cursor.index) + 1)}, v marks it   `
  const marked = marks.size === 0 ? '' : `${count(marks.size)} marked   `
  const where = total ? `${count(cursor.index + 1)} of ${count(total)}` : ''
  const spans: Span[] = [
    { text: range + marked, style: 'warn' },
    { text: where, style: 'dim' },
  ]
  return spans.filter(({ text }) => text !== '')
}
