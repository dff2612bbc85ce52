import type { Canvas } from '../screens/screen.ts'
import { count } from '../format.ts'
import { body, head, place, type Column } from '../table.ts'
import type { Span, Theme } from '../theme.ts'
import { isMarked, topRow, type ListView } from './view.ts'

/** How a long list looks. */
export interface ListLook<Row> {
  columns: readonly Column<Row>[]
  id(row: Row): string
  /** In place of rows, where there are none. */
  empty: string
}

/** Cells before the first column: the cursor and the mark. */
const MARGIN = 3

/** Heads and rows of a list that fills the canvas. */
export function drawList<Row>(view: ListView<Row>, look: ListLook<Row>, canvas: Canvas): string[] {
  const { frame, theme, height } = canvas
  const placed = place(look.columns, frame.inner - MARGIN)
  const heads = frame.row([{ text: ' '.repeat(MARGIN) }, ...head(placed, theme, view.sort)])
  if (view.total === null) return [heads, note('Waiting for the engine', canvas)]
  if (view.total === 0) return [heads, note(look.empty, canvas)]
  const top = topRow(view, height - 1)
  const shown = view.rows.slice(Math.max(0, top - view.offset), Math.max(0, top - view.offset + height - 1))
  const lines = shown.map((row, index) => {
    const at = Math.max(top, view.offset) + index
    return frame.row(
      listRow(body(placed, row, theme), at === view.cursor.index, isMarked(view, at, look.id(row)), theme),
    )
  })
  return [heads, ...lines]
}

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

function listRow(spans: Span[], selected: boolean, marked: boolean, { glyphs }: Theme): Span[] {
  const mark = marked ? glyphs.mark : ' '
  if (!selected) return [{ text: ` ${mark} `, style: 'warn' }, ...spans]
  return [{ text: `${glyphs.cursor}${mark} ${spans.map(({ text }) => text).join('')}`, style: 'selected' }]
}

function note(text: string, { frame }: Canvas): string {
  return frame.row([{ text: ' '.repeat(MARGIN) + text, style: 'dim' }])
}
