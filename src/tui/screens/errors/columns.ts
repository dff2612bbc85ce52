import { parseSqlTime } from '../../../domain/clock.ts'
import { isRecovered, type ErrorGroup } from '../../../domain/error-group.ts'
import { ago, count, moment } from '../../format.ts'
import { sortable } from '../../list/bindings.ts'
import type { Column } from '../../table.ts'
import type { Style } from '../../style.ts'

/** What the groups can be sorted by, in the order of the columns. */
export const ERROR_SORTS = {
  lost: sortable('T', 'lost', 'tasks lost'),
  recovered: sortable('V', 'recovered', 'tasks recovered'),
  attempts: sortable('I', 'attempts', 'tries'),
  class: sortable('C', 'error_class', 'class'),
  sites: sortable('S', 'sites', 'sites'),
  first: sortable('F', 'first_at', 'first failure'),
  last: sortable('L', 'last_at', 'last failure'),
}

/** One row per group of like failures; the narrower the screen, the fewer columns. */
export function errorColumns(now: Date): Column<ErrorGroup>[] {
  return [
    {
      title: 'Lost',
      width: 5,
      align: 'right',
      sort: ERROR_SORTS.lost,
      cell: ({ lost }) => ({ text: count(lost), style: lost === 0 ? 'dim' : 'bad' }),
    },
    {
      title: 'Recovered',
      width: 9,
      from: 70,
      align: 'right',
      sort: ERROR_SORTS.recovered,
      cell: ({ recovered }) => ({ text: count(recovered), style: 'dim' }),
    },
    {
      title: 'Tries',
      width: 6,
      align: 'right',
      sort: ERROR_SORTS.attempts,
      cell: (group) => ({ text: count(group.attempts), ...faded(group, 'plain') }),
    },
    {
      title: 'Class',
      width: 14,
      sort: ERROR_SORTS.class,
      cell: (group) => ({ text: group.error_class, ...faded(group, 'warn') }),
    },
    {
      title: 'Sites',
      sort: ERROR_SORTS.sites,
      width: 7,
      grow: 2,
      max: 24,
      cell: (group) => ({ text: group.sites.join(' '), ...faded(group, 'strong') }),
    },
    {
      title: 'First',
      sort: ERROR_SORTS.first,
      width: 12,
      from: 100,
      align: 'right',
      cell: ({ first_at }) => ({ text: moment(parseSqlTime(first_at), now), style: 'dim' }),
    },
    {
      title: 'Last',
      sort: ERROR_SORTS.last,
      width: 8,
      align: 'right',
      cell: ({ last_at }) => ({ text: ago(parseSqlTime(last_at), now), style: 'dim' }),
    },
    {
      title: 'Why',
      width: 7,
      grow: 12,
      cell: (group) => ({ text: group.message, ...faded(group, 'plain') }),
    },
  ]
}

/** The style of a cell: what is all recovered needs nobody. */
export function faded(group: ErrorGroup, style: Style): { style: Style } {
  return { style: isRecovered(group) ? 'dim' : style }
}
