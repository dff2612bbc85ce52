import { parseSqlTime } from '../../../domain/clock.ts'
import type { BatchSummary } from '../../../domain/query.ts'
import { bar } from '../../bar.ts'
import { count, duration, moment } from '../../format.ts'
import { sortable } from '../../list/bindings.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'
import { batchStatusSpan } from '../status.ts'
import { secondsTaken, successOf } from './state.ts'

export type BatchSort = 'begin' | 'status' | 'tasks' | 'failed' | 'success' | 'rows' | 'minutes'

/** What the list can be sorted by, in the order of the columns. */
export const BATCH_SORTS = {
  batch: sortable('B', 'begin', 'begin'),
  status: sortable('S', 'status', 'state'),
  tasks: sortable('T', 'tasks', 'tasks'),
  failed: sortable('F', 'failed', 'failed tasks'),
  success: sortable('C', 'success', 'share completed'),
  rows: sortable('W', 'rows', 'rows'),
  took: sortable('K', 'minutes', 'time taken'),
}

/** What the columns need beside the batch. */
export interface Beside {
  now: Date
  /** The batch in view. */
  inView: string | undefined
}

/** One row per batch; the narrower the screen, the fewer columns. */
export function batchColumns({ now, inView }: Beside, { glyphs }: Theme): Column<BatchSummary>[] {
  const none: Span = { text: glyphs.dash, style: 'dim' }
  return [
    {
      title: 'Batch',
      width: 10,
      sort: BATCH_SORTS.batch,
      cell: ({ batch_id }) => ({ text: batch_id, style: 'strong' }),
    },
    {
      title: 'State',
      width: 11,
      sort: BATCH_SORTS.status,
      cell: (batch) => batchStatusSpan(batch, glyphs),
    },
    {
      title: 'Began',
      width: 12,
      from: 109,
      align: 'right',
      cell: ({ started_at }) => ({ text: moment(parseSqlTime(started_at), now), style: 'dim' }),
    },
    {
      title: 'Tasks',
      width: 7,
      align: 'right',
      sort: BATCH_SORTS.tasks,
      cell: ({ total_tasks }) => ({ text: count(total_tasks) }),
    },
    {
      title: 'Failed',
      sort: BATCH_SORTS.failed,
      width: 6,
      from: 70,
      align: 'right',
      cell: ({ failed_tasks }) => ({
        text: count(failed_tasks),
        style: failed_tasks === 0 ? 'dim' : 'bad',
      }),
    },
    {
      title: 'Suspect',
      width: 7,
      from: 68,
      align: 'right',
      cell: ({ outputs: { suspect } }) => ({ text: count(suspect), style: suspect === 0 ? 'dim' : 'warn' }),
    },
    {
      title: 'Completed',
      sort: BATCH_SORTS.success,
      width: 9,
      grow: 4,
      max: 40,
      from: 95,
      cell: ({ total_tasks, completed_tasks, failed_tasks }, cells) =>
        bar(
          [
            { value: completed_tasks, glyph: glyphs.bar_done, style: 'good' },
            { value: failed_tasks, glyph: glyphs.bar_failed, style: 'bad' },
          ],
          total_tasks,
          cells,
          glyphs.bar_rest,
        ),
    },
    { title: '', width: 4, align: 'right', cell: (batch) => percentOf(batch, none) },
    {
      title: 'Rows',
      width: 9,
      align: 'right',
      sort: BATCH_SORTS.rows,
      cell: ({ rows }) => ({ text: count(rows) }),
    },
    {
      title: 'Took',
      sort: BATCH_SORTS.took,
      width: 7,
      align: 'right',
      cell: (batch) => {
        const seconds = secondsTaken(batch)
        return seconds === null ? none : { text: duration(seconds) }
      },
    },
    {
      title: '',
      width: 7,
      from: 76,
      cell: ({ batch_id }) => ({ text: batch_id === inView ? 'in view' : '', style: 'accent' }),
    },
  ]
}

/** Rounded down, so that 100% is all of them. */
function percentOf(batch: BatchSummary, none: Span): Span {
  const percent = successOf(batch)
  return percent === null ? none : { text: `${Math.floor(percent)}%` }
}
