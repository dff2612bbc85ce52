import type { Frame } from '../../frame.ts'
import { windowStart } from '../../list/cursor.ts'
import { body, head, place, type Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'
import { PANES, type DashboardState, type Pane } from './state.ts'

/** A list of the dashboard. */
export interface PaneContent<Row> {
  pane: Pane
  title: string
  /** At the other end of the title. */
  note: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Shown where there is no row. */
  empty: string
}

/** Title, column heads and `height` rows around the cursor. */
export function drawPane<Row>(
  { pane, title, note, columns, rows, empty }: PaneContent<Row>,
  { pane: active, cursors, searches }: DashboardState,
  { height, heads }: { height: number; heads: boolean },
  frame: Frame,
  theme: Theme,
): string[] {
  const own = active === pane
  const placed = place(columns, frame.inner - MARK.length)
  const { index } = cursors[pane]
  const start = windowStart(rows.length, index, height)
  const shown = rows.slice(start, start + height)
  const lines = shown.map((row, place_) => {
    const spans = body(placed, row, theme)
    return frame.row(own && start + place_ === index ? selected(spans, theme) : [{ text: MARK }, ...spans])
  })
  if (rows.length === 0 && height > 0) lines.push(frame.row([{ text: MARK + empty, style: 'dim' }]))
  while (lines.length < height) lines.push(frame.row([]))
  const search: Span[] = searches[pane] === '' ? [] : [{ text: `  /${searches[pane]}`, style: 'warn' }]
  const hidden = rows.length > height ? `${start + 1}-${start + shown.length} of ${rows.length}` : note
  return [
    frame.divider(
      [{ text: title, style: own ? 'title' : 'strong' }, ...search],
      hidden === '' ? [] : [{ text: hidden, style: 'dim' }],
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

/** The pane after `pane`, or before it, in the order of Tab. */
export function otherPane(pane: Pane, step: 1 | -1): Pane {
  return PANES[(PANES.indexOf(pane) + step + PANES.length) % PANES.length] ?? pane
}
