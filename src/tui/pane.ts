import type { Frame } from './frame.ts'
import { windowStart } from './list/cursor.ts'
import { body, head, place, type Column } from './table.ts'
import type { Span, Theme } from './theme.ts'

/** Rows of a list. */
export interface PaneRows<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Shown where there is no row. */
  empty: string
}

/** A short list that shares its screen with others. */
export interface Pane<Row> extends PaneRows<Row> {
  title: string
  /** At the other end of the title, where all rows are in sight. */
  note: readonly Span[]
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
  const start = windowStart(rows.length, index, height)
  const shown = rows.slice(start, start + height)
  const narrowed: Span[] = search === '' ? [] : [{ text: `  /${search}`, style: 'warn' }]
  const range = `${start + 1}-${start + shown.length} of ${rows.length}`
  const selected = own ? index - start : -1
  return [
    frame.divider(
      [{ text: title, style: own ? 'title' : 'strong' }, ...narrowed],
      rows.length > height ? [{ text: range, style: 'dim' }] : note,
    ),
    ...drawRows({ columns, rows: shown, empty }, { height, heads, selected }, frame, theme),
  ]
}

/**
 * Column heads and the first `height` rows, blank ones at the end.
 * @param look.selected which of them is; -1: none
 */
export function drawRows<Row>(
  { columns, rows, empty }: PaneRows<Row>,
  { height, heads, selected }: Pick<PaneLook, 'height' | 'heads'> & { selected: number },
  frame: Frame,
  theme: Theme,
): string[] {
  const placed = place(columns, frame.inner - MARK.length)
  const lines = rows.slice(0, height).map((row, index) => {
    const spans = body(placed, row, theme)
    return frame.row(index === selected ? selectedRow(spans, theme) : [{ text: MARK }, ...spans])
  })
  if (rows.length === 0 && height > 0) lines.push(frame.row([{ text: MARK + empty, style: 'dim' }]))
  while (lines.length < height) lines.push(frame.row([]))
  return [...(heads ? [frame.row([{ text: MARK }, ...head(placed, theme)])] : []), ...lines]
}

const MARK = '  '

function selectedRow(spans: readonly Span[], { glyphs }: Theme): Span[] {
  const text = spans.map((span) => span.text).join('')
  return [{ text: `${glyphs.cursor} ${text}`, style: 'selected' }]
}
