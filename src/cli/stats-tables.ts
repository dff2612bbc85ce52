import type { ActiveStats, DayStats, Stats, StatsOf } from '../domain/stats.ts'
import { percentBar, sparkline } from './bars.ts'
import type { Output } from './output.ts'
import type { Cell } from './table.ts'

/** How each of the stats is shown: the document's columns, and for a person bars beside the rates. */
export const PRINT: { [Of in StatsOf]: (stats: Stats[Of], output: Output) => void } = {
  scrapers: (rows, output) =>
    records(output, rows, {
      columns: [
        'scraper_name',
        'total_executions',
        'successful',
        'failed',
        'avg_attempts',
        'avg_duration_minutes',
        'p95_duration_minutes',
        'success_rate',
      ],
      rate: 'success_rate',
    }),
  trends,
  errors: (rows, output) =>
    records(output, rows, {
      columns: ['frequency', 'affected_scrapers', 'last_occurrence', 'error_message'],
    }),
  problems: (rows, output) =>
    records(output, rows, {
      columns: [
        'id',
        'scraper_name',
        'website',
        'city',
        'status',
        'attempts',
        'created_at',
        'url',
        'error_message',
      ],
    }),
  incomplete: (rows, output) =>
    records(output, rows, {
      columns: [
        'batch_id',
        'started_at',
        'total_tasks',
        'completed_tasks',
        'failed_tasks',
        'pending_tasks',
        'incomplete_outputs',
      ],
    }),
  active,
  database: (stats, output) => output.table([{ name: 'metric' }, { name: 'value' }], Object.entries(stats)),
}

function trends(days: readonly DayStats[], output: Output): void {
  records(output, days, {
    columns: ['date', 'total_tasks', 'completed_tasks', 'daily_success_rate'],
    rate: 'daily_success_rate',
  })
  if (!output.terminal || days.length < 2) return
  output.line()
  output.line(`tasks    ${sparkline(days.map((day) => day.total_tasks))}`)
  output.line(`success  ${sparkline(days.map((day) => day.daily_success_rate ?? 0))}`)
}

function active({ latest, batches, tasks }: ActiveStats, output: Output): void {
  records(output, latest ? [latest] : [], {
    columns: [
      'batch_id',
      'status',
      'started_at',
      'completed_at',
      'total_tasks',
      'completed_tasks',
      'failed_tasks',
      'progress_percentage',
    ],
    rate: 'progress_percentage',
  })
  output.line()
  records(output, batches, {
    columns: [
      'batch_id',
      'started_at',
      'total_tasks',
      'current_tasks',
      'completed',
      'running',
      'pending',
      'failed',
    ],
  })
  output.line()
  records(output, tasks, {
    columns: [
      'id',
      'scraper_name',
      'website',
      'city',
      'operation',
      'product',
      'started_at',
      'duration_minutes',
    ],
  })
}

/** One line per row; `rate` names a column of percent that a person sees as a bar too. */
function records<Row extends { [Name in keyof Row]: Cell }>(
  output: Output,
  rows: readonly Row[],
  { columns, rate }: { columns: readonly (keyof Row & string)[]; rate?: keyof Row },
): void {
  const bar = rate !== undefined && output.terminal
  output.table(
    [
      ...columns.map((name) => (rows.some((row) => typeof row[name] === 'number') ? right(name) : { name })),
      ...(bar ? [{ name: '' }] : []),
    ],
    rows.map((row) => [
      ...columns.map((name) => rounded(row[name])),
      ...(bar ? [row[rate] === null ? '' : percentBar(Number(row[rate]))] : []),
    ]),
  )
}

function right(name: string) {
  return { name, align: 'right' as const }
}

/** An average to two decimals, the precision of the rates. */
function rounded(cell: Cell): Cell {
  return typeof cell === 'number' ? Math.round(cell * 100) / 100 : cell
}
