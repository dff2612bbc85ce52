import type { OutputView } from '../../../domain/query.ts'
import { body, head, type Placed } from '../../table.ts'
import { width } from '../../text.ts'
import type { Span, Theme } from '../../theme.ts'

/** A cell of the output is no wider than this; what is cut stands in the file. */
const WIDEST = 24
const GAP = 2

/** The first rows of an output, as many of its columns as fit; `shown`: how many those are. */
export function outputRows(
  { columns, rows }: OutputView,
  cells: number,
  theme: Theme,
): { rows: Span[][]; shown: number } {
  if (columns.length === 0) return { rows: [[{ text: 'The file is empty', style: 'dim' }]], shown: 0 }
  const placed = placedColumns(columns, rows, cells)
  const none: Span[][] = rows.length === 0 ? [[{ text: 'No rows', style: 'dim' }]] : []
  return {
    rows: [head(placed, theme), ...rows.map((row) => body(placed, row, theme)), ...none],
    shown: placed.columns.length,
  }
}

function placedColumns(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  cells: number,
): Placed<readonly string[]> {
  const placed: Placed<readonly string[]>['columns'] = []
  let left = cells
  for (const [index, title] of columns.entries()) {
    const texts = [title, ...rows.map((row) => row[index] ?? '')]
    const own = Math.min(WIDEST, Math.max(1, ...texts.map(width)))
    if (own > left && index > 0) break
    const taken = Math.min(own, left)
    placed.push({
      column: { title, width: taken, cell: (row) => ({ text: row[index] ?? '' }) },
      cells: taken,
    })
    left -= taken + GAP
  }
  return { columns: placed, gap: GAP }
}
