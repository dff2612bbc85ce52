import type { DayStats, ErrorStats, ScraperStats } from '../../../domain/stats.ts'
import { NOWHERE, settle, type Cursor } from '../../list/cursor.ts'

/** The lists of the stats, in the order of Tab. */
export const STATS_PANES = ['scrapers', 'days', 'errors'] as const
export type StatsPane = (typeof STATS_PANES)[number]

/** How many days back the figures reach. */
export const SPANS = [7, 30, 90] as const
export type Days = (typeof SPANS)[number]

/** What the engine answered. */
export interface StatsFigures {
  days: Days
  scrapers: readonly ScraperStats[]
  /** The latest day first. */
  trends: readonly DayStats[]
  errors: readonly ErrorStats[]
  /** When it was asked. */
  at: Date
}

export interface StatsState {
  days: Days
  pane: StatsPane
  cursors: Readonly<Record<StatsPane, Cursor>>
  /** Null until the engine has answered. */
  figures: StatsFigures | null
  asking: boolean
}

export function initialStats(): StatsState {
  return {
    days: 30,
    pane: 'scrapers',
    cursors: { scrapers: NOWHERE, days: NOWHERE, errors: NOWHERE },
    figures: null,
    asking: false,
  }
}

/** The ids of a list's rows, as they stand. */
export function statsIds(figures: StatsFigures, pane: StatsPane): string[] {
  switch (pane) {
    case 'scrapers':
      return figures.scrapers.map(({ scraper_name }) => scraper_name)
    case 'days':
      return figures.trends.map(({ date }) => date)
    case 'errors':
      return figures.errors.map(({ error_message }) => error_message)
  }
}

/** With other figures: every selection on its row. */
export function withFigures(stats: StatsState, figures: StatsFigures): StatsState {
  const settled = STATS_PANES.map((pane) => [pane, settle(stats.cursors[pane], statsIds(figures, pane))])
  return { ...stats, figures, cursors: Object.fromEntries(settled) as Record<StatsPane, Cursor> }
}

const DAY_MS = 24 * 60 * 60 * 1000

/** One value per day of the span, the earliest first; null for a day without tasks. */
export function perDay(
  { days, trends, at }: Pick<StatsFigures, 'days' | 'trends' | 'at'>,
  value: (day: DayStats) => number | null,
): (number | null)[] {
  const known = new Map(trends.map((day) => [day.date, value(day)]))
  // The span begins in the middle of a day: one more than there are days between.
  return Array.from({ length: days + 1 }, (_, index) => {
    const date = new Date(at.getTime() - (days - index) * DAY_MS).toISOString().slice(0, 10)
    return known.get(date) ?? null
  })
}
