import { parseSqlTime } from '../../../domain/clock.ts'
import type { RunningTask } from '../../../domain/query.ts'
import type { TaskSort } from '../../../domain/task-sort.ts'
import type { Task } from '../../../domain/task.ts'
import { count, duration, moment } from '../../format.ts'
import { sortable, type Sortable } from '../../list/bindings.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'
import { outcomeSpan } from '../status.ts'

type TaskColumn = Column<Task> & { sort?: Sortable<TaskSort['by']> }

/** What the columns need beside the task. */
export interface Beside {
  running: ReadonlyMap<number, RunningTask>
  now: Date
}

/** What the list can be sorted by, in the order of the columns. */
export const SORTS = {
  id: sortable('I', 'id', 'number'),
  site: sortable('S', 'website', 'site'),
  city: sortable('C', 'city', 'city'),
  operation: sortable('O', 'operation', 'operation'),
  product: sortable('D', 'product', 'product'),
  scraper: sortable('E', 'scraper_name', 'scraper'),
  status: sortable('T', 'status', 'status'),
  attempts: sortable('A', 'attempts', 'attempts'),
  rows: sortable('W', 'data_records_extracted', 'rows'),
  minutes: sortable('M', 'minutes', 'minutes taken'),
  started: sortable('B', 'started_at', 'begin'),
  ended: sortable('N', 'completed_at', 'end'),
}

/** One row per task; the narrower the screen, the fewer columns. */
export function taskColumns({ running, now }: Beside, { glyphs }: Theme): TaskColumn[] {
  const none: Span = { text: glyphs.dash, style: 'dim' }
  const time = (at: string | null): Span =>
    at === null ? none : { text: moment(parseSqlTime(at), now), style: 'dim' }
  return [
    {
      title: 'Id',
      width: 6,
      align: 'right',
      sort: SORTS.id,
      cell: ({ id }) => ({ text: String(id), style: 'dim' }),
    },
    {
      title: 'Site',
      width: 7,
      sort: SORTS.site,
      cell: ({ website }) => ({ text: website, style: 'strong' }),
    },
    { title: 'City', width: 6, grow: 1, max: 12, sort: SORTS.city, cell: ({ city }) => ({ text: city }) },
    { title: 'Op', width: 5, sort: SORTS.operation, cell: ({ operation }) => ({ text: operation }) },
    {
      title: 'Product',
      width: 8,
      sort: SORTS.product,
      cell: ({ product, variant, depends_on }) => [
        { text: variant > 1 ? `${product}-${variant}` : product },
        { text: depends_on === null ? '' : ' det', style: 'dim' },
      ],
    },
    {
      title: 'Scraper',
      width: 10,
      from: 100,
      sort: SORTS.scraper,
      cell: ({ scraper_name }) => ({ text: scraper_name, style: 'dim' }),
    },
    { title: 'Status', width: 14, sort: SORTS.status, cell: (task) => outcomeSpan(task, glyphs) },
    {
      title: 'Att',
      width: 4,
      align: 'right',
      sort: SORTS.attempts,
      cell: ({ attempts }) =>
        attempts > 1 ? { text: String(attempts), style: 'warn' } : { text: String(attempts), style: 'dim' },
    },
    {
      title: 'Rows',
      width: 8,
      align: 'right',
      sort: SORTS.rows,
      cell: (task) => rowsOf(task, running, none),
    },
    {
      title: 'Min',
      width: 7,
      from: 70,
      align: 'right',
      sort: SORTS.minutes,
      cell: (task) => timeTaken(task, now, none),
    },
    {
      title: 'Began',
      width: 12,
      from: 150,
      align: 'right',
      sort: SORTS.started,
      cell: ({ started_at }) => time(started_at),
    },
    {
      title: 'Ended',
      width: 12,
      from: 124,
      align: 'right',
      sort: SORTS.ended,
      cell: ({ completed_at }) => time(completed_at),
    },
    { title: 'Says', width: 6, grow: 6, from: 84, cell: (task) => says(task, running, now) },
  ]
}

function rowsOf(task: Task, running: Beside['running'], none: Span): Span {
  if (task.status === 'completed') return { text: count(task.data_records_extracted) }
  const items = running.get(task.id)?.progress.items ?? null
  return items === null ? none : { text: count(items), style: 'accent' }
}

function timeTaken({ started_at, completed_at, status }: Task, now: Date, none: Span): Span {
  if (started_at === null || (completed_at === null && status !== 'running')) return none
  const end = completed_at === null ? now : parseSqlTime(completed_at)
  return { text: duration((end.getTime() - parseSqlTime(started_at).getTime()) / 1000) }
}

function outputSays({
  output_check,
  output_complete,
  output_expected,
  data_records_extracted: rows,
}: Task): Span[] {
  const of = output_expected === null ? '' : ` of ${count(output_expected)}`
  const parts = [
    ...(output_check === 'suspect' ? ['waits to be accepted'] : []),
    ...(output_complete === false ? [`incomplete: ${count(rows)}${of} rows`] : []),
  ]
  return parts.length === 0 ? [] : [{ text: parts.join(', '), style: 'warn' }]
}

/** Why it failed or when it is tried again; while it runs, what its scraper says. */
function says(task: Task, running: Beside['running'], now: Date): Span[] {
  const { id, status, retry_at, error_message } = task
  if (status === 'completed') return outputSays(task)
  if (status === 'running') return [{ text: running.get(id)?.progress.message ?? '', style: 'dim' }]
  if (error_message === null) return []
  const again: Span[] =
    retry_at === null ? [] : [{ text: `again ${moment(parseSqlTime(retry_at), now)}: `, style: 'warn' }]
  return [...again, { text: error_message, style: 'dim' }]
}
