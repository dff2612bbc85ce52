import type { State } from '../../state.ts'
import { statsIds, STATS_PANES, type StatsPane } from './state.ts'

/** How many rows each part of the stats has. */
export interface StatsLayout {
  /** Whether the sparklines are shown. */
  trend: boolean
  /** Whether the lists have column heads. */
  heads: boolean
  lists: Readonly<Record<StatsPane, number>>
}

const TRENDED_ROWS = 20
const HEADED_ROWS = 18
/** Two sparklines. */
const TREND_ROWS = 2

/** Gives the lists their rows in turn until all are content; the last one gets what is left over. */
export function statsLayout({ size, stats }: Pick<State, 'size' | 'stats'>): StatsLayout {
  const trend = size.rows >= TRENDED_ROWS
  const heads = size.rows >= HEADED_ROWS
  // Top, three titles, bottom, footer.
  let left = size.rows - 6 - (trend ? TREND_ROWS : 0) - (heads ? STATS_PANES.length : 0)
  const lists: Record<StatsPane, number> = { scrapers: 0, days: 0, errors: 0 }
  const wanted = (pane: StatsPane) => Math.max(1, stats.figures ? statsIds(stats.figures, pane).length : 1)
  while (left > 0) {
    const hungry = STATS_PANES.filter((pane) => lists[pane] < wanted(pane))
    if (hungry.length === 0) break
    for (const pane of hungry.slice(0, left)) lists[pane] += 1
    left -= Math.min(left, hungry.length)
  }
  lists.errors += left
  return { trend, heads, lists }
}
