import { parseSqlTime } from '../../../domain/clock.ts'
import type { DayStats, ErrorStats, ScraperStats } from '../../../domain/stats.ts'
import { bar, percentBar } from '../../bar.ts'
import type { Glyphs } from '../../glyphs.ts'
import { ago, count, duration } from '../../format.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'

/** One row per scraper: how often it succeeds, in how many attempts, and how long it takes. */
export function scraperColumns({ glyphs }: Theme): Column<ScraperStats>[] {
  const minutes = (value: number | null): Span =>
    value === null ? { text: glyphs.dash, style: 'dim' } : { text: duration(value * 60) }
  return [
    {
      title: 'Scraper',
      width: 10,
      grow: 1,
      max: 20,
      cell: ({ scraper_name }) => ({ text: scraper_name, style: 'strong' }),
    },
    {
      title: 'Tasks',
      width: 7,
      align: 'right',
      cell: ({ total_executions }) => ({ text: count(total_executions) }),
    },
    { title: 'Failed', width: 6, from: 60, align: 'right', cell: ({ failed }) => failures(failed) },
    {
      title: 'Completed',
      width: 6,
      grow: 3,
      max: 40,
      cell: ({ success_rate }, cells) => rateBar(success_rate, cells, glyphs),
    },
    { title: '', width: 4, align: 'right', cell: ({ success_rate }) => percent(success_rate, glyphs) },
    {
      title: 'Tries',
      width: 5,
      align: 'right',
      cell: ({ avg_attempts }) => ({ text: avg_attempts?.toFixed(2) ?? glyphs.dash }),
    },
    {
      title: 'Mean',
      width: 7,
      align: 'right',
      cell: ({ avg_duration_minutes }) => minutes(avg_duration_minutes),
    },
    {
      title: '95%',
      width: 7,
      align: 'right',
      cell: ({ p95_duration_minutes }) => minutes(p95_duration_minutes),
    },
  ]
}

/** One row per day: how many tasks there were, against the day that had most, and how many completed. */
export function dayColumns(days: readonly DayStats[], { glyphs }: Theme): Column<DayStats>[] {
  const most = Math.max(0, ...days.map(({ total_tasks }) => total_tasks))
  return [
    { title: 'Day', width: 10, cell: ({ date }) => ({ text: date, style: 'strong' }) },
    { title: 'Tasks', width: 7, align: 'right', cell: ({ total_tasks }) => ({ text: count(total_tasks) }) },
    {
      title: '',
      width: 6,
      grow: 2,
      max: 30,
      cell: ({ total_tasks }, cells) =>
        bar([{ value: total_tasks, glyph: glyphs.bar_done, style: 'accent' }], most, cells, glyphs.bar_rest),
    },
    {
      title: 'Completed',
      width: 9,
      align: 'right',
      cell: ({ completed_tasks }) => ({ text: count(completed_tasks) }),
    },
    {
      title: '',
      width: 6,
      grow: 2,
      max: 30,
      cell: ({ daily_success_rate }, cells) => rateBar(daily_success_rate, cells, glyphs),
    },
    {
      title: '',
      width: 4,
      align: 'right',
      cell: ({ daily_success_rate }) => percent(daily_success_rate, glyphs),
    },
  ]
}

/** The errors of tasks that failed for good, the most frequent first. */
export function errorStatsColumns(now: Date): Column<ErrorStats>[] {
  return [
    {
      title: 'Tasks',
      width: 6,
      align: 'right',
      cell: ({ frequency }) => ({ text: count(frequency), style: 'bad' }),
    },
    {
      title: 'Last',
      width: 8,
      align: 'right',
      cell: ({ last_occurrence }) => ({ text: ago(parseSqlTime(last_occurrence), now), style: 'dim' }),
    },
    {
      title: 'Scrapers',
      width: 10,
      grow: 2,
      max: 30,
      cell: ({ affected_scrapers }) => ({ text: affected_scrapers.replaceAll(',', ' '), style: 'strong' }),
    },
    { title: 'Why', width: 10, grow: 8, cell: ({ error_message }) => ({ text: error_message }) },
  ]
}

function failures(failed: number): Span {
  return { text: count(failed), style: failed === 0 ? 'dim' : 'bad' }
}

/** Nothing where nothing has ended yet: that is no failure. */
function rateBar(value: number | null, cells: number, glyphs: Glyphs): Span[] {
  return value === null ? [] : percentBar(value, cells, glyphs)
}

/** Rounded down, so that 100% is all of them. */
function percent(value: number | null, { dash }: Glyphs): Span {
  return value === null ? { text: dash, style: 'dim' } : { text: `${Math.floor(value)}%` }
}
