import type { State } from '../../state.ts'
import { needsOf } from './attention.ts'
import { paneIds, paneRows, PANES, type Pane } from './state.ts'

/** How many rows each part of the dashboard has. */
export interface Layout {
  /** A blank line above and below the header. */
  roomy: boolean
  /** Whether the lists have column heads. */
  heads: boolean
  /** Lines for what needs the operator, or to say that nothing does. */
  alerts: number
  lists: Readonly<Record<Pane, number>>
}

const ROOMY_ROWS = 34
const HEADED_ROWS = 20
/** The sites come first: they answer whether it goes well. */
const TURNS: readonly Pane[] = ['sites', 'sites', 'running', 'failures']
/** Top, header, three titles, bottom, footer. */
const FIXED_ROWS = 1 + 4 + 3 + 1 + 1

/** Gives the lists their rows in turn until all are content or the screen is full; then they get some air. */
export function layout(state: Pick<State, 'size' | 'shown' | 'dashboard'>): Layout {
  const { rows } = state.size
  const roomy = rows >= ROOMY_ROWS
  const heads = rows >= HEADED_ROWS
  const needs = state.shown ? needsOf(state.shown.overview).length : 0
  const alerts = Math.max(1, Math.min(needs, roomy ? 4 : 1))
  let left = rows - FIXED_ROWS - alerts - (roomy ? 2 : 0) - (heads ? 3 : 0)
  const lists: Record<Pane, number> = { sites: 0, running: 0, failures: 0 }
  const wanted = wantedRows(state)
  while (left > 0 && PANES.some((pane) => lists[pane] < wanted[pane])) {
    for (const pane of TURNS) {
      if (left === 0 || lists[pane] >= wanted[pane]) continue
      lists[pane] += 1
      left -= 1
    }
  }
  const air = roomy && left >= 2 ? 1 : 0
  lists.sites += air
  lists.running += air
  lists.failures += left - 2 * air
  return { roomy, heads, alerts, lists }
}

function wantedRows({ shown, dashboard }: Pick<State, 'shown' | 'dashboard'>): Record<Pane, number> {
  const rows = shown && paneRows(shown.overview, dashboard)
  const wanted = { sites: 1, running: 1, failures: 1 }
  if (rows) for (const pane of PANES) wanted[pane] = Math.max(1, paneIds(rows, pane).length)
  return wanted
}
