import fc from 'fast-check'
import { expect, it } from 'vitest'
import { errorKey, type ErrorGroup } from '../../src/domain/error-group.ts'
import type { Failure, Reads } from '../../src/domain/store.ts'
import { createFailures } from '../../src/engine/failures.ts'

const MESSAGES = ['página 3 sin anuncios', 'página 12 sin anuncios', 'HTTP 503', 'connection reset']

/** Failed attempts in the order of their ends; the attempts of a task have rising numbers. */
const someFailures = fc
  .array(
    fc.record({
      task_id: fc.integer({ min: 1, max: 6 }),
      website: fc.constantFrom('CyT', 'Inm24'),
      error_class: fc.constantFrom('blocked' as const, 'transient' as const),
      message: fc.constantFrom(...MESSAGES),
      task_status: fc.constant('retrying' as const),
      /** Whether it was written down before there were keys. */
      old: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((all) =>
    all.map(({ old, ...each }, at): Failure => ({
      ...each,
      number: all.slice(0, at + 1).filter(({ task_id }) => task_id === each.task_id).length,
      ended_at: `2026-11-24 05:00:${String(at).padStart(2, '0')}.000`,
      key: old ? null : errorKey(each.error_class, each.message),
    })),
  )

function store(written: readonly Failure[]): Pick<Reads, 'failures'> {
  return {
    failures: async (_, { after, limit }) => {
      const from = after ? written.indexOf(after) + 1 : 0
      return written.slice(from, from + limit)
    },
  }
}

function naive(all: readonly Failure[]): ErrorGroup[] {
  const groups = Map.groupBy(all, (each) => errorKey(each.error_class, each.message))
  return [...groups]
    .map(([key, alike]) => {
      const last = alike.at(-1)!
      return {
        key,
        error_class: last.error_class,
        message: last.message,
        attempts: alike.length,
        tasks: new Set(alike.map(({ task_id }) => task_id)).size,
        lost: 0,
        recovered: 0,
        sites: [...new Set(alike.map(({ website }) => website))].sort(),
        first_at: alike[0]!.ended_at,
        last_at: last.ended_at,
        last_task_id: last.task_id,
        last_attempt: last.number,
      }
    })
    .sort((a, b) => (a.last_at < b.last_at ? 1 : -1))
}

it('groups what was written down and what fails from then on, each attempt once', async () => {
  await fc.assert(
    fc.asyncProperty(someFailures, fc.nat(25), fc.nat(25), async (all, read, heardFrom) => {
      const failures = createFailures(store(all.slice(0, read)))
      const reading = failures.of('Nov26_01')
      // Some are heard of while they are read, and are read as well.
      for (const each of all.slice(Math.min(heardFrom, read))) failures.add('Nov26_01', each)
      const batch = await reading
      expect(batch.groups()).toEqual(naive(all))
      for (const { key } of batch.groups()) {
        const own = all.filter((each) => errorKey(each.error_class, each.message) === key)
        for (const id of [1, 2, 3, 4, 5, 6]) {
          expect(batch.has(key, id)).toBe(own.some(({ task_id }) => task_id === id))
        }
      }
    }),
    { numRuns: 200 },
  )
})

it('is read again after it could not be read', async () => {
  let fails = true
  const failures = createFailures({
    failures: async () => {
      if (fails) throw new Error('no')
      return []
    },
  })
  await expect(failures.of('Nov26_01')).rejects.toThrow('no')
  fails = false
  expect((await failures.of('Nov26_01')).groups()).toEqual([])
})

const statuses = ['retrying', 'running', 'completed', 'permanently_failed', 'cancelled', 'pending'] as const
const become = fc.record({ id: fc.integer({ min: 1, max: 6 }), status: fc.constantFrom(...statuses) })

it('tells what is lost from what a later attempt recovered, whenever it is asked first', async () => {
  await fc.assert(
    fc.asyncProperty(
      someFailures,
      fc.array(become, { maxLength: 20 }),
      fc.boolean(),
      async (all, changes, early) => {
        const failures = createFailures(store(all))
        const first = failures.of('Nov26_01')
        if (!early) await first
        failures.hear(
          changes.map(({ id, status }) => ({ type: 'task', id, from: 'running', set: { status } })),
        )
        await first
        const batch = await failures.of('Nov26_01')
        const last = (id: number) => changes.findLast((each) => each.id === id)?.status ?? 'retrying'
        const count = (ids: Set<number>, status: string) =>
          [...ids].filter((id) => last(id) === status).length
        const fates = (of: readonly Failure[]) => {
          const ids = new Set(of.map(({ task_id }) => task_id))
          return { lost: count(ids, 'permanently_failed'), recovered: count(ids, 'completed') }
        }
        expect(batch.fates()).toEqual(fates(all))
        for (const group of batch.groups()) {
          const own = all.filter((each) => errorKey(each.error_class, each.message) === group.key)
          expect(group).toMatchObject(fates(own))
        }
        const order = batch.groups().map(({ tasks, recovered }) => tasks === recovered)
        expect(order).toEqual(order.toSorted((a, b) => Number(a) - Number(b)))
      },
    ),
    { numRuns: 200 },
  )
})

it('is read anew after many tasks were changed at once', async () => {
  const failure: Failure = {
    task_id: 1,
    number: 1,
    website: 'CyT',
    ended_at: '2026-11-24 05:00:00.000',
    error_class: 'blocked',
    message: 'x',
    task_status: 'permanently_failed',
    key: null,
  }
  const written = [failure]
  const failures = createFailures(store(written))
  expect((await failures.of('Nov26_01')).fates()).toEqual({ lost: 1, recovered: 0 })
  written[0] = { ...failure, task_status: 'cancelled' }
  failures.hear([{ type: 'tasks', filter: {}, from: 'permanently_failed', set: { status: 'cancelled' } }])
  expect((await failures.of('Nov26_01')).fates()).toEqual({ lost: 0, recovered: 0 })
})
