import { rowStarts, width, wordRows } from '../../text.ts'
import type { Style } from '../../style.ts'
import type { Span } from '../../theme.ts'

/** Cells of the names at the left. */
export const NAME = 10

export function named(text: string, cells = NAME): Span {
  return { text: text.padEnd(cells), style: 'dim' }
}

/** Rows that a text takes at most. */
const MOST_ROWS = 4

/**
 * `text` beside its name, in as many rows as it needs; none where there is no text.
 * @param look.names cells of the names at the left
 */
export function wrapped(
  name: string,
  text: string | null,
  cells: number,
  { style, names = NAME }: { style: Style; names?: number },
): Span[][] {
  if (text === null) return []
  return rowsOf(text, cells - names).map((row, index): Span[] => [
    named(index === 0 ? name : '', names),
    { text: row, style },
  ])
}

/** Whole words, unless one is wider than a row, as addresses are. */
function rowsOf(text: string, cells: number): string[] {
  const words = wordRows(text, cells)
  if (words.length <= MOST_ROWS && words.every((row) => width(row) <= cells)) return words
  const starts = rowStarts(text, cells)
  return starts
    .slice(0, MOST_ROWS)
    .map((from, row) => text.slice(from, row + 1 === MOST_ROWS ? undefined : starts[row + 1]))
}
