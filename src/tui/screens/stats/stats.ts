import { sparkline } from '../../bar.ts'
import { timeOfDay } from '../../format.ts'
import { drawPane, type Pane, type PaneLook } from '../../pane.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { STATS_BINDINGS } from './bindings.ts'
import { dayColumns, errorStatsColumns, scraperColumns } from './columns.ts'
import { statsLayout } from './layout.ts'
import { renewStats, STATS_PACE_MS } from './load.ts'
import { perDay, type StatsFigures, type StatsPane } from './state.ts'

/** How well the scrapers do, how the days went, and what fails most. */
export const STATS: Screen = {
  name: 'stats',
  title: 'Stats',
  key: '5',
  bindings: STATS_BINDINGS,
  draw,
  about: ({ stats: { days } }) => [{ text: `the last ${days} days`, style: 'strong' }],
  place: ({ stats: { figures, asking } }) => {
    if (asking) return [{ text: 'counting', style: 'dim' }]
    return figures ? [{ text: `as of ${timeOfDay(figures.at)}`, style: 'dim' }] : []
  },
  waits: ({ state: { stats } }) => stats.figures === null && stats.asking,
  copies,
  open: (session) => void renewStats(session),
  refresh: (session) => void renewStats(session),
  pace_ms: STATS_PACE_MS,
}

function draw(state: State, canvas: Canvas): string[] {
  const { figures } = state.stats
  const { frame, theme } = canvas
  if (!figures) return [frame.row([{ text: 'Waiting for the engine', style: 'dim' }])]
  const { trend } = statsLayout(state)
  return [
    ...(trend ? trendRows(figures, frame.inner, theme).map(frame.row) : []),
    ...panes(state, figures, canvas),
  ]
}

function panes(state: State, figures: StatsFigures, { frame, theme }: Canvas): string[] {
  const none = `no tasks in ${figures.days} days; s looks further back, b on the batches starts one`
  const part = <Row>(name: StatsPane, title: string, pane: Omit<Pane<Row>, 'title' | 'note'>) =>
    drawPane({ ...pane, title, note: [] }, lookOf(state, name), frame, theme)
  return [
    ...part('scrapers', 'Scrapers', {
      columns: scraperColumns(theme),
      rows: figures.scrapers,
      empty: none,
    }),
    ...part('days', 'Days', {
      columns: dayColumns(figures.trends, theme),
      rows: figures.trends,
      empty: 'none',
    }),
    ...part('errors', 'Top errors', {
      columns: errorStatsColumns(figures.at),
      rows: figures.errors,
      empty: 'nothing failed for good',
    }),
  ]
}

function lookOf(state: State, name: StatsPane): PaneLook {
  const { heads, lists } = statsLayout(state)
  const { pane, cursors } = state.stats
  return { heads, height: lists[name], own: pane === name, index: cursors[name].index }
}

const NAME_CELLS = 9

/** Tasks and success per day, up to today. */
function trendRows(figures: StatsFigures, cells: number, { glyphs }: Theme): Span[][] {
  const line = (name: string, values: (number | null)[]): Span[] => [
    { text: name.padEnd(NAME_CELLS), style: 'dim' },
    { text: sparkline(values, cells - NAME_CELLS, glyphs), style: 'accent' },
  ]
  return [
    line(
      'tasks',
      perDay(figures, ({ total_tasks }) => total_tasks),
    ),
    line(
      'success',
      perDay(figures, ({ daily_success_rate }) => daily_success_rate),
    ),
  ]
}

function copies({ stats: { figures, pane, cursors } }: State): Copy[] {
  const error = pane === 'errors' ? figures?.errors[cursors.errors.index] : undefined
  return error ? [{ key: 'e', what: 'error', text: error.error_message }] : []
}
