import { sparkline } from '../../bar.ts'
import { timeOfDay } from '../../format.ts'
import { Lines, Note } from '../../components/line.tsx'
import { Pane } from '../../components/pane.tsx'
import { useLook } from '../../kernel/look.ts'
import { useSelect } from '../../kernel/select.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import type { Copy, Screen } from '../screen.ts'
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
  Body: Stats,
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

function Stats() {
  const { theme, inner } = useLook()
  const { size, stats } = useSelect((state) => ({ size: state.size, stats: state.stats }))
  const { figures, pane, cursors } = stats
  if (!figures) return <Note text="Waiting for the engine" />
  const { trend, heads, lists } = statsLayout({ size, stats })
  const look = (name: StatsPane) => ({
    heads,
    height: lists[name],
    own: pane === name,
    index: cursors[name].index,
  })
  const none = `no tasks in ${figures.days} days; s looks further back, b on the batches starts one`
  return (
    <>
      {trend && <Lines rows={trendRows(figures, inner, theme)} />}
      <Pane
        title="Scrapers"
        columns={scraperColumns(theme)}
        rows={figures.scrapers}
        empty={none}
        {...look('scrapers')}
      />
      <Pane
        title="Days"
        columns={dayColumns(figures.trends, theme)}
        rows={figures.trends}
        empty="none"
        {...look('days')}
      />
      <Pane
        title="Top errors"
        columns={errorStatsColumns(figures.at)}
        rows={figures.errors}
        empty="nothing failed for good"
        {...look('errors')}
      />
    </>
  )
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
