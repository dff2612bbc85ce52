import { rowStarts } from '../../text.ts'
import type { Span, Style } from '../../theme.ts'
import { NAME, named } from './facts.ts'

/** Rows that a text takes at most. */
const MOST_ROWS = 4

/** `text` beside its name, in as many rows as it needs; none where there is no text. */
export function wrapped(name: string, text: string | null, cells: number, style: Style): Span[][] {
  if (text === null) return []
  const starts = rowStarts(text, cells - NAME)
  return starts
    .slice(0, MOST_ROWS)
    .map((from, row): Span[] => [
      named(row === 0 ? name : ''),
      { text: text.slice(from, row + 1 === MOST_ROWS ? undefined : starts[row + 1]), style },
    ])
}
