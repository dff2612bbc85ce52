import { z } from 'zod'
import { DIFF_KINDS } from '../domain/diff.ts'
import { asks, type Route } from './route.ts'
import { filterShape, groupSort, id, pageShape, place, sort, statsOf, stream, text, yes } from './words.ts'

const named = { id: z.string() }

/** In the order in which they are matched: what is fixed before what is named. */
export const QUERY_ROUTES: readonly Route[] = [
  asks('/overview', 'overview', 'how the running or latest batch stands', {}, () => ({})),
  asks('/batches', 'batches', 'every batch, newest first', pageShape, (page) => page),
  asks('/batches/:id', 'overview', 'how one batch stands', named, ({ id: batch_id }) => ({ batch_id })),
  asks(
    '/tasks',
    'tasks',
    'the tasks that the filter words choose, a page of them',
    { ...filterShape, ...pageShape, sort: sort.exactOptional(), find: id.exactOptional() },
    ({ sort: order, offset, limit, find, ...filter }) => ({
      filter,
      offset,
      limit,
      ...(order && { sort: order }),
      ...(find !== undefined && { find }),
    }),
  ),
  asks('/tasks/ids', 'task_ids', 'the ids of all chosen tasks', filterShape, (filter) => ({ filter })),
  asks(
    '/tasks/suspects',
    'suspects',
    'what the suspect outputs of the chosen tasks have in common',
    filterShape,
    (filter) => ({ filter }),
  ),
  asks('/tasks/:id', 'task', 'one task with all its attempts', { id }, (words) => words),
  asks(
    '/logs/:id',
    'log',
    "a piece of a task's log (the last attempt's), from a byte on, before one, or its end",
    {
      id,
      offset: place.exactOptional(),
      before: place.exactOptional(),
      limit: pageShape.limit,
      attempt: id.exactOptional(),
      stream: stream.exactOptional(),
    },
    ({ id: task_id, offset, before, ...rest }) => ({
      task_id,
      from: before !== undefined ? { before } : offset !== undefined ? { offset } : 'end',
      ...rest,
    }),
  ),
  asks(
    '/logs/:id/matches',
    'log_matches',
    "where a text stands in an attempt's log",
    {
      id,
      text: z.string(),
      from: place.default(0),
      attempt: id.exactOptional(),
      stream: stream.exactOptional(),
    },
    ({ id: task_id, ...rest }) => ({ task_id, ...rest }),
  ),
  asks(
    '/tasks/:id/output',
    'output',
    'the first rows of what a task has delivered',
    { id, limit: pageShape.limit },
    ({ id: task_id, limit }) => ({ task_id, limit }),
  ),
  asks(
    '/errors',
    'errors',
    'groups of like failures of a batch, the latest first and what is recovered last unless sorted',
    { batch: text, search: text, sort: groupSort.exactOptional(), ...pageShape, find: text },
    ({ batch, ...page }) => ({ ...page, ...(batch !== undefined && { batch_id: batch }) }),
  ),
  asks(
    '/batches/:id/checks',
    'checks',
    "what the checks thought of a batch's outputs",
    { ...named, ...pageShape },
    ({ id: batch_id, ...page }) => ({ batch_id, ...page }),
  ),
  asks(
    '/batches/:id/diff',
    'diff',
    'what a batch found otherwise than an earlier one, and a page of its listings of one kind',
    {
      ...named,
      from: z.string().describe('the earlier batch'),
      ...filterShape,
      ...pageShape,
      listings: z.enum(DIFF_KINDS).exactOptional(),
      listings_offset: pageShape.offset,
      listings_limit: pageShape.limit,
      listings_search: text.describe('as typed in the filter of the listings: jardines variant:2 !url:promo'),
    },
    ({
      id: to,
      from,
      offset,
      limit,
      listings,
      listings_offset,
      listings_limit,
      listings_search,
      ...filter
    }) => ({
      from,
      to,
      offset,
      limit,
      ...(Object.keys(filter).length > 0 && { filter }),
      ...(listings && {
        listings: {
          kind: listings,
          offset: listings_offset,
          limit: listings_limit,
          ...(listings_search !== undefined && { search: listings_search }),
        },
      }),
    }),
  ),
  asks(
    '/plan',
    'plan',
    'what a batch of the lists would hold',
    { ...filterShape, whole: yes.exactOptional() },
    ({ whole, ...filter }) => ({ filter, ...(whole !== undefined && { whole }) }),
  ),
  asks('/schedules', 'schedule', 'the rules, and a page of their ledger', pageShape, (page) => page),
  asks('/system', 'system', 'the engine, the machine and the database', {}, () => ({})),
  asks(
    '/stats/:of',
    'stats',
    'figures over tasks and batches of the last days',
    { of: statsOf, days: z.coerce.number().positive().exactOptional() },
    (words) => words,
  ),
]
