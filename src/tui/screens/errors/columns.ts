import { parseSqlTime } from '../../../domain/clock.ts'
import type { ErrorGroup } from '../../../domain/error-group.ts'
import { ago, count, moment } from '../../format.ts'
import { sortable } from '../../list/bindings.ts'
import type { Column } from '../../table.ts'

/** What the groups can be sorted by, in the order of the columns. */
export const ERROR_SORTS = {
  tasks: sortable('T', 'tasks', 'tasks'),
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
      title: 'Tasks',
      width: 6,
      align: 'right',
      sort: ERROR_SORTS.tasks,
      cell: ({ tasks }) => ({ text: count(tasks), style: 'bad' }),
    },
    {
      title: 'Tries',
      width: 6,
      align: 'right',
      sort: ERROR_SORTS.attempts,
      cell: ({ attempts }) => ({ text: count(attempts) }),
    },
    {
      title: 'Class',
      width: 14,
      sort: ERROR_SORTS.class,
      cell: ({ error_class }) => ({ text: error_class, style: 'warn' }),
    },
    {
      title: 'Sites',
      sort: ERROR_SORTS.sites,
      width: 7,
      grow: 2,
      max: 24,
      cell: ({ sites }) => ({ text: sites.join(' '), style: 'strong' }),
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
    { title: 'Why', width: 7, grow: 12, cell: ({ message }) => ({ text: message }) },
  ]
}
