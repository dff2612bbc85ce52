import type { Frame } from '../../frame.ts'
import { drawPane as draw } from '../../pane.ts'
import type { Column } from '../../table.ts'
import type { Theme } from '../../theme.ts'
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
  { pane, note, ...content }: PaneContent<Row>,
  { pane: active, cursors, searches }: DashboardState,
  size: { height: number; heads: boolean },
  frame: Frame,
  theme: Theme,
): string[] {
  return draw(
    { ...content, note: note === '' ? [] : [{ text: note, style: 'dim' }] },
    { ...size, own: active === pane, index: cursors[pane].index, search: searches[pane] },
    frame,
    theme,
  )
}

/** The pane after `pane`, or before it, in the order of Tab. */
export function otherPane(pane: Pane, step: 1 | -1): Pane {
  return PANES[(PANES.indexOf(pane) + step + PANES.length) % PANES.length] ?? pane
}
