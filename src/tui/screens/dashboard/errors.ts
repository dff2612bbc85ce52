import { parseSqlTime } from '../../../domain/clock.ts'
import type { RecentError } from '../../../domain/query.ts'
import { secondOfDay, taskName } from '../../format.ts'
import type { Column } from '../../table.ts'
import type { Theme } from '../../theme.ts'
import { taskSpan } from '../status.ts'

/** One row per failed attempt: what failed, what became of the task, why. */
export function errorColumns({ glyphs }: Theme): Column<RecentError>[] {
  return [
    { title: 'Site', width: 7, cell: ({ website }) => ({ text: website, style: 'strong' }) },
    { title: 'Task', width: 15, grow: 1, max: 22, cell: (error) => ({ text: taskName(error) }) },
    {
      title: 'At',
      width: 8,
      cell: ({ ended_at }) => ({ text: secondOfDay(parseSqlTime(ended_at)), style: 'dim' }),
    },
    { title: 'Class', width: 14, from: 110, cell: ({ error_class }) => ({ text: error_class }) },
    { title: 'Task is', width: 14, cell: ({ task_status }) => taskSpan(task_status, glyphs) },
    { title: 'Why', width: 10, grow: 8, cell: ({ message }) => ({ text: message }) },
  ]
}
