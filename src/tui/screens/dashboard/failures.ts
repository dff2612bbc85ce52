import { parseSqlTime } from '../../../domain/clock.ts'
import type { ErrorGroup } from '../../../domain/error-group.ts'
import { ago, count } from '../../format.ts'
import type { Shown } from '../../live.ts'
import type { Column } from '../../table.ts'

/** One row per group of like failures: how many tasks, when last, where, why. */
export function failureColumns({ now }: Shown): Column<ErrorGroup>[] {
  return [
    { title: 'Tasks', width: 5, align: 'right', cell: ({ tasks }) => ({ text: count(tasks), style: 'bad' }) },
    {
      title: 'Tries',
      width: 5,
      from: 70,
      align: 'right',
      cell: ({ attempts }) => ({ text: count(attempts) }),
    },
    {
      title: 'Last',
      width: 8,
      align: 'right',
      cell: ({ last_at }) => ({ text: ago(parseSqlTime(last_at), now), style: 'dim' }),
    },
    { title: 'Class', width: 14, cell: ({ error_class }) => ({ text: error_class }) },
    {
      title: 'Sites',
      width: 7,
      grow: 2,
      max: 24,
      cell: ({ sites }) => ({ text: sites.join(' '), style: 'strong' }),
    },
    { title: 'Why', width: 10, grow: 12, cell: ({ message }) => ({ text: message }) },
  ]
}
