import { parseSqlTime } from '../../../domain/clock.ts'
import type { ErrorGroup } from '../../../domain/error-group.ts'
import { ago, count } from '../../format.ts'
import type { Shown } from '../../live.ts'
import type { Column } from '../../table.ts'
import { faded } from '../errors/columns.ts'

/** One row per group of like failures: how many tasks it lost, how many recovered, when last, where, why. */
export function failureColumns({ now }: Shown): Column<ErrorGroup>[] {
  return [
    {
      title: 'Lost',
      width: 5,
      align: 'right',
      cell: ({ lost }) => ({ text: count(lost), style: lost === 0 ? 'dim' : 'bad' }),
    },
    {
      title: 'Recovered',
      width: 9,
      from: 70,
      align: 'right',
      cell: ({ recovered }) => ({ text: count(recovered), style: 'dim' }),
    },
    {
      title: 'Tries',
      width: 5,
      from: 70,
      align: 'right',
      cell: (group) => ({ text: count(group.attempts), ...faded(group, 'plain') }),
    },
    {
      title: 'Last',
      width: 8,
      align: 'right',
      cell: ({ last_at }) => ({ text: ago(parseSqlTime(last_at), now), style: 'dim' }),
    },
    { title: 'Class', width: 14, cell: (group) => ({ text: group.error_class, ...faded(group, 'plain') }) },
    {
      title: 'Sites',
      width: 7,
      grow: 2,
      max: 24,
      cell: (group) => ({ text: group.sites.join(' '), ...faded(group, 'strong') }),
    },
    {
      title: 'Why',
      width: 10,
      grow: 12,
      cell: (group) => ({ text: group.message, ...faded(group, 'plain') }),
    },
  ]
}
