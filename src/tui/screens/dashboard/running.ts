import { parseSqlTime } from '../../../domain/clock.ts'
import type { Progress, RunningTask } from '../../../domain/query.ts'
import { bar } from '../../bar.ts'
import { count, duration, taskName } from '../../format.ts'
import type { Shown } from '../../live.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'

/** One row per task that runs, with what its scraper says of itself. */
export function runningColumns({ now }: Shown, { glyphs }: Theme): Column<RunningTask>[] {
  return [
    { title: 'Site', width: 7, cell: ({ website }) => ({ text: website, style: 'strong' }) },
    { title: 'Task', width: 15, grow: 1, max: 22, cell: (task) => ({ text: taskName(task) }) },
    {
      title: 'Scraper',
      width: 10,
      from: 110,
      cell: ({ scraper_name }) => ({ text: scraper_name, style: 'dim' }),
    },
    { title: 'Try', width: 3, align: 'right', cell: tries },
    {
      title: 'Progress',
      width: 8,
      grow: 1,
      max: 30,
      cell: ({ progress }, cells) => progressBar(progress, cells, glyphs),
    },
    { title: 'Page', width: 8, align: 'right', cell: ({ progress }) => pages(progress, glyphs.dash) },
    { title: 'Rows', width: 7, align: 'right', cell: ({ progress }) => rows(progress, glyphs.dash) },
    {
      title: 'Time',
      width: 7,
      align: 'right',
      cell: ({ started_at }) => ({
        text: duration((now.getTime() - parseSqlTime(started_at).getTime()) / 1000),
      }),
    },
    { title: 'Says', width: 4, grow: 3, cell: says },
  ]
}

/** 0 to 1, by items where the scraper says how many it expects, else by pages; null: it does not say. */
export function progressShare({ items, expected, page, pages }: Progress): number | null {
  if (items !== null && expected !== null && expected > 0) return Math.min(1, items / expected)
  if (page !== null && pages !== null && pages > 0) return Math.min(1, page / pages)
  return null
}

function progressBar(progress: Progress, cells: number, glyphs: Theme['glyphs']): Span[] {
  const share = progressShare(progress)
  const part = { value: share ?? 0, glyph: glyphs.bar_done, style: 'accent' } as const
  return bar([part], 1, cells, glyphs.bar_rest)
}

function tries({ attempt }: RunningTask): Span {
  return attempt === 1 ? { text: '1', style: 'dim' } : { text: String(attempt), style: 'warn' }
}

function pages({ page, pages: all }: Progress, none: string): Span {
  if (page === null) return { text: none, style: 'dim' }
  return { text: all === null ? count(page) : `${count(page)}/${count(all)}` }
}

function rows({ items }: Progress, none: string): Span {
  return items === null ? { text: none, style: 'dim' } : { text: count(items) }
}

function says({ cancelling, progress }: RunningTask): Span {
  if (cancelling) return { text: 'stopping', style: 'warn' }
  return { text: progress.message ?? '', style: 'dim' }
}
