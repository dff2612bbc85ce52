import fc from 'fast-check'
import { Hono } from 'hono'
import { expect, expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import { COMMAND_ROUTES } from '../../src/api/command-routes.ts'
import { QUERY_ROUTES } from '../../src/api/query-routes.ts'
import { commandRequest, queryRequest, type ApiRequest } from '../../src/api/request.ts'
import { wordsOf } from '../../src/api/words-of.ts'
import type { sort, statsOf, stream, taskFilter } from '../../src/api/words.ts'
import type { Command } from '../../src/domain/command.ts'
import { OUTPUT_CHECKS } from '../../src/domain/check.ts'
import type { TaskFilter } from '../../src/domain/filter.ts'
import type { LogStream } from '../../src/domain/logs.ts'
import { GROUP_SORTS } from '../../src/domain/error-group.ts'
import type { Query } from '../../src/domain/query.ts'
import type { TaskSort } from '../../src/domain/task-sort.ts'
import type { StatsOf } from '../../src/domain/stats.ts'
import { TASK_STATUSES } from '../../src/domain/task.ts'

test('the words of requests are those of the domain, no more and no fewer', () => {
  expectTypeOf<z.output<typeof taskFilter>>().toEqualTypeOf<TaskFilter>()
  expectTypeOf<z.output<typeof sort>>().toEqualTypeOf<TaskSort>()
  expectTypeOf<z.output<typeof stream>>().toEqualTypeOf<LogStream>()
  expectTypeOf<z.output<typeof statsOf>>().toEqualTypeOf<StatsOf>()
})

/** What a server makes of a request: the query or command, told by the same router that the server has. */
async function received({ method, path, body }: ApiRequest): Promise<unknown> {
  let meant: unknown
  const app = new Hono()
  for (const route of [...QUERY_ROUTES, ...COMMAND_ROUTES]) {
    app.on(route.method.toUpperCase(), route.path, async (context) => {
      const words = wordsOf(context.req.param(), context.req.queries())
      meant = route.method === 'get' ? route.toQuery(words) : route.toCommand(words, await context.req.json())
      return context.text('')
    })
  }
  app.onError((error) => {
    throw error
  })
  const { status } = await app.request(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect({ path, status }).toEqual({ path, status: 200 })
  return meant
}

const optional = { requiredKeys: [] }
const id = fc.integer({ min: 1, max: 1e9 })
const place = fc.integer({ min: 0, max: 1e12 })
/** A lone surrogate is no text that an address could carry. */
const text = fc.string({ unit: 'grapheme' })
// `.` and `..` are no names in a path, however they are written, and no batch has such an id.
const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !/^\.{1,2}$/.test(each))
const moment = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19).replace('T', ' '))

const filter: fc.Arbitrary<TaskFilter> = fc.record(
  {
    ids: fc.array(id),
    batch: text,
    scraper: text,
    site: text,
    city: text,
    operation: text,
    product: text,
    status: fc.subarray([...TASK_STATUSES]),
    check: fc.subarray([...OUTPUT_CHECKS]),
    complete: fc.boolean(),
    since: moment,
    until: moment,
    match: text,
    error: text,
    search: text,
  },
  optional,
)
const by = fc.constantFrom('id', 'website', 'status', 'minutes', 'data_records_extracted', 'scraper_name')
const groupSort = fc.record({ by: fc.constantFrom(...GROUP_SORTS), descending: fc.boolean() })
const page = { offset: place, limit: place }
const from = fc.oneof(fc.record({ offset: place }), fc.record({ before: place }), fc.constant('end' as const))
const streams = fc.constantFrom('out', 'err', 'zafra')

/** One of each type; that none is missing is for the compiler to see. */
const QUERIES: { [Type in Query['type']]: fc.Arbitrary<Omit<Extract<Query, { type: Type }>, 'type'>> } = {
  overview: fc.record({ batch_id: name }, optional),
  tasks: fc.record(
    { filter, ...page, sort: fc.record({ by, descending: fc.boolean() }), find: id },
    { requiredKeys: ['filter', 'offset', 'limit'] },
  ),
  task_ids: fc.record({ filter }),
  suspects: fc.record({ filter }),
  task: fc.record({ id }),
  batches: fc.record(page),
  log: fc.record(
    { task_id: id, attempt: id, from, limit: place, stream: streams },
    { requiredKeys: ['task_id', 'from', 'limit'] },
  ),
  log_matches: fc.record(
    { task_id: id, attempt: id, text, from: place, stream: streams },
    { requiredKeys: ['task_id', 'text', 'from'] },
  ),
  output: fc.record({ task_id: id, limit: place }),
  errors: fc.record(
    { batch_id: name, search: name, sort: groupSort, ...page, find: name },
    { requiredKeys: ['offset', 'limit'] },
  ),
  checks: fc.record({ batch_id: name, ...page }),
  diff: fc.record(
    {
      from: name,
      to: name,
      // None and an empty one mean the same, and are the same in an address.
      filter: filter.filter((each) => Object.keys(each).length > 0),
      ...page,
      listings: fc.record({ kind: fc.constantFrom('new', 'gone', 'up', 'down'), ...page }),
    },
    { requiredKeys: ['from', 'to', 'offset', 'limit'] },
  ),
  plan: fc.record({ filter, whole: fc.boolean() }, { requiredKeys: ['filter'] }),
  schedule: fc.record(page),
  system: fc.constant({}),
  stats: fc.record(
    { of: fc.constantFrom('scrapers', 'trends', 'errors', 'problems', 'active'), days: id },
    { requiredKeys: ['of'] },
  ),
}

const COMMANDS: { [Type in Command['type']]: fc.Arbitrary<Omit<Extract<Command, { type: Type }>, 'type'>> } =
  {
    start_batch: fc.record({ filter }),
    resume_batch: fc.record({ batch_id: name }, optional),
    cancel_batch: fc.record({ batch_id: name }),
    retry: fc.record({ filter }),
    cancel: fc.record({ filter }),
    accept: fc.record({ filter }),
    pause: fc.record({ site: text }, optional),
    unpause: fc.record({ site: text }, optional),
    drain: fc.constant({}),
    backup: fc.constant({}),
    run_schedule: fc.record({ name }),
    enable_schedule: fc.record({ name, enabled: fc.boolean() }),
  }

test.each(Object.entries(QUERIES))('a query for %s means the same on the other side', async (type, rest) => {
  await fc.assert(
    fc.asyncProperty(rest as fc.Arbitrary<object>, async (words) => {
      const query = { type, ...words } as Query
      expect(await received(queryRequest(query))).toEqual(query)
    }),
    { numRuns: 60 },
  )
})

test.each(Object.entries(COMMANDS))('the command %s means the same on the other side', async (type, rest) => {
  await fc.assert(
    fc.asyncProperty(rest as fc.Arbitrary<object>, async (words) => {
      const command = { type, ...words } as Command
      expect(await received(commandRequest(command))).toEqual(command)
    }),
    { numRuns: 60 },
  )
})

test('a person may write a list in one word or several times, and a moment as ISO 8601', async () => {
  const meant = { type: 'tasks', filter: { status: ['failed', 'cancelled'] }, offset: 0, limit: 100 }
  expect(await received({ method: 'GET', path: '/tasks?status=failed,cancelled' })).toEqual(meant)
  expect(await received({ method: 'GET', path: '/tasks?status=failed&status=cancelled' })).toEqual(meant)
  expect(await received({ method: 'GET', path: '/tasks/ids?since=2026-11-24T02:00:00%2B02:00' })).toEqual({
    type: 'task_ids',
    filter: { since: '2026-11-24 00:00:00' },
  })
  expect(await received({ method: 'POST', path: '/tasks/7/retry', body: {} })).toEqual({
    type: 'retry',
    filter: { ids: [7] },
  })
})
