import { body, head, place, type Column } from '../../table.ts'
import type { Span } from '../../theme.ts'
import type { Canvas } from '../screen.ts'

/** Rows of a list that are on the screen. */
export interface PaneRows<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Which of them is selected; -1: none. */
  selected: number
  /** In place of rows, where there are none. */
  empty: string
}

const MARK = '  '

/** Heads and as many rows as the canvas is high, blank ones at the end. */
export function drawRows<Row>(
  { columns, rows, selected, empty }: PaneRows<Row>,
  { frame, theme, height }: Canvas,
): string[] {
  const placed = place(columns, frame.inner - MARK.length)
  const lines = rows.slice(0, height).map((row, index) => {
    const spans = body(placed, row, theme)
    if (index !== selected) return frame.row([{ text: MARK }, ...spans])
    const text = spans.map((span: Span) => span.text).join('')
    return frame.row([{ text: `${theme.glyphs.cursor} ${text}`, style: 'selected' }])
  })
  if (rows.length === 0) lines.push(frame.row([{ text: MARK + empty, style: 'dim' }]))
  while (lines.length < height) lines.push(frame.row([]))
  return [frame.row([{ text: MARK }, ...head(placed, theme)]), ...lines]
}
