import type { Frame } from './frame.ts'
import { windowStart } from './list/cursor.ts'
import { body, head, place, type Column } from './table.ts'
import type { Span, Theme } from './theme.ts'

/** A short list that shares its screen with others. */
export interface Pane<Row> {
  title: string
  /** At the other end of the title, where all rows are in sight. */
  note: readonly Span[]
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Shown where there is no row. */
  empty: string
}

/** How much of it is seen, and what is chosen in it. */
export interface PaneLook {
  /** Rows of the list. */
  height: number
  /** Whether it has column heads. */
  heads: boolean
  /** Whether the cursor is here. */
  own: boolean
  index: number
  search?: string
}

/** Title, column heads and `height` rows around the cursor. */
export function drawPane<Row>(
  { title, note, columns, rows, empty }: Pane<Row>,
  { height, heads, own, index, search = '' }: PaneLook,
  frame: Frame,
  theme: Theme,
): string[] {
  const placed = place(columns, frame.inner - MARK.length)
  const start = windowStart(rows.length, index, height)
  const shown = rows.slice(start, start + height)
  const lines = shown.map((row, place_) => {
    const spans = body(placed, row, theme)
    return frame.row(own && start + place_ === index ? selected(spans, theme) : [{ text: MARK }, ...spans])
  })
  if (rows.length === 0 && height > 0) lines.push(frame.row([{ text: MARK + empty, style: 'dim' }]))
  while (lines.length < height) lines.push(frame.row([]))
  const narrowed: Span[] = search === '' ? [] : [{ text: `  /${search}`, style: 'warn' }]
  const range = `${start + 1}-${start + shown.length} of ${rows.length}`
  return [
    frame.divider(
      [{ text: title, style: own ? 'title' : 'strong' }, ...narrowed],
      rows.length > height ? [{ text: range, style: 'dim' }] : note,
    ),
    ...(heads ? [frame.row([{ text: MARK }, ...head(placed, theme)])] : []),
    ...lines,
  ]
}

const MARK = '  '

function selected(spans: readonly Span[], { glyphs }: Theme): Span[] {
  const text = spans.map((span) => span.text).join('')
  return [{ text: `${glyphs.cursor} ${text}`, style: 'selected' }]
}
