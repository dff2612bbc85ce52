import { parseSqlTime } from '../../../domain/clock.ts'
import type { Progress, RunningTask } from '../../../domain/query.ts'
import { bar } from '../../bar.ts'
import { bytes, count, duration, minutesText, taskName } from '../../format.ts'
import type { Shown } from '../../live.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'

/** One row per task that runs, with what its scraper says of itself. */
export function runningColumns({ now }: Shown, { glyphs }: Theme): Column<RunningTask>[] {
  return [
    { title: 'Site', width: 7, cell: ({ website }) => ({ text: website, style: 'strong' }) },
    { title: 'Task', width: 17, grow: 1, max: 22, cell: (task) => ({ text: taskName(task) }) },
    {
      title: 'Scraper',
      width: 10,
      from: 110,
      cell: ({ scraper_name }) => ({ text: scraper_name, style: 'dim' }),
    },
    { title: 'Try', width: 3, from: 64, align: 'right', cell: tries },
    {
      title: 'Progress',
      width: 9,
      grow: 1,
      max: 30,
      cell: (task, cells) => progressBar(task, now, cells, glyphs),
    },
    {
      title: 'Page',
      from: 100,
      width: 8,
      align: 'right',
      cell: ({ progress }) => pageOf(progress, glyphs.dash),
    },
    { title: 'Rows', width: 7, align: 'right', cell: ({ progress }) => rows(progress, glyphs.dash) },
    { title: '/min', width: 6, from: 80, align: 'right', cell: (task) => rate(task, now, glyphs.dash) },
    {
      title: 'Time',
      width: 7,
      align: 'right',
      cell: ({ started_at }) => ({
        text: duration((now.getTime() - parseSqlTime(started_at).getTime()) / 1000),
      }),
    },
    {
      title: 'CPU',
      width: 4,
      from: 70,
      align: 'right',
      cell: ({ cpu_percent }) => known(cpu_percent, (percent) => `${Math.round(percent)}%`, glyphs.dash),
    },
    {
      title: 'Memory',
      width: 8,
      from: 70,
      align: 'right',
      cell: ({ memory_bytes }) => known(memory_bytes, bytes, glyphs.dash),
    },
    {
      title: 'Says',
      width: 4,
      grow: 3,
      from: 90,
      cell: ({ progress }) => ({ text: progress.message ?? '', style: 'dim' }),
    },
  ]
}

/** 0 to 1, by items where the scraper says how many it expects, else by pages; null: it does not say. */
export function progressShare({ items, expected, page, pages }: Progress): number | null {
  if (items !== null && expected !== null && expected > 0) return Math.min(1, items / expected)
  if (page !== null && pages !== null && pages > 0) return Math.min(1, page / pages)
  return null
}

/** Longer than a scraper that keeps to the pace of its site needs from one page to the next. */
const QUIET_S = 300

/** Seconds for which the scraper has said nothing of itself, where they are so many that it may be stuck; else null. */
export function quietFor({ progress_at, cancelling }: RunningTask, now: Date): number | null {
  const seconds = (now.getTime() - parseSqlTime(progress_at).getTime()) / 1000
  return cancelling || seconds < QUIET_S ? null : seconds
}

function progressBar(task: RunningTask, now: Date, cells: number, glyphs: Theme['glyphs']): Span[] {
  if (task.cancelling) return [{ text: 'stopping', style: 'warn' }]
  const quiet = quietFor(task, now)
  if (quiet !== null) return [{ text: `quiet ${minutesText(Math.floor(quiet / 60))}`, style: 'warn' }]
  const share = progressShare(task.progress)
  if (share === null) return []
  const part = { value: share, glyph: glyphs.bar_done, style: 'accent' } as const
  return bar([part], 1, cells, glyphs.bar_rest)
}

function tries({ attempt }: RunningTask): Span {
  return attempt === 1 ? { text: '1', style: 'dim' } : { text: String(attempt), style: 'warn' }
}

function pageOf({ page, pages }: Progress, none: string): Span {
  if (page === null) return { text: none, style: 'dim' }
  return { text: pages === null ? count(page) : `${count(page)}/${count(pages)}` }
}

function rate({ progress, started_at }: RunningTask, now: Date, none: string): Span {
  const minutes = (now.getTime() - parseSqlTime(started_at).getTime()) / 60_000
  const { items } = progress
  return known(
    items !== null && minutes > 0 ? items / minutes : null,
    (each) => count(Math.round(each)),
    none,
  )
}

function known(value: number | null, format: (value: number) => string, none: string): Span {
  return value === null ? { text: none, style: 'dim' } : { text: format(value) }
}

function rows({ items }: Progress, none: string): Span {
  return items === null ? { text: none, style: 'dim' } : { text: count(items) }
}
