import { parseSqlTime } from '../../../domain/clock.ts'
import type { ErrorGroup } from '../../../domain/error-group.ts'
import { ago, count, moment } from '../../format.ts'
import type { Column } from '../../table.ts'

/** One row per group of like failures; the narrower the screen, the fewer columns. */
export function errorColumns(now: Date): Column<ErrorGroup>[] {
  return [
    { title: 'Tasks', width: 6, align: 'right', cell: ({ tasks }) => ({ text: count(tasks), style: 'bad' }) },
    { title: 'Tries', width: 6, align: 'right', cell: ({ attempts }) => ({ text: count(attempts) }) },
    { title: 'Class', width: 14, cell: ({ error_class }) => ({ text: error_class, style: 'warn' }) },
    {
      title: 'Sites',
      width: 7,
      grow: 2,
      max: 24,
      cell: ({ sites }) => ({ text: sites.join(' '), style: 'strong' }),
    },
    {
      title: 'First',
      width: 12,
      from: 100,
      align: 'right',
      cell: ({ first_at }) => ({ text: moment(parseSqlTime(first_at), now), style: 'dim' }),
    },
    {
      title: 'Last',
      width: 8,
      align: 'right',
      cell: ({ last_at }) => ({ text: ago(parseSqlTime(last_at), now), style: 'dim' }),
    },
    { title: 'Why', width: 7, grow: 12, cell: ({ message }) => ({ text: message }) },
  ]
}
