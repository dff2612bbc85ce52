import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/cli/system-clock.ts'
import { MOST_REFUSED } from '../../src/domain/command.ts'
import type { TaskFilter } from '../../src/domain/filter.ts'
import type { Notice } from '../../src/domain/notice.ts'
import { createMessenger } from '../../src/notify/index.ts'
import { harvest, openHarvest } from '../checks/harvest.ts'
import { httpSink } from '../notify/support.ts'
import type { Bench } from '../support/engine.ts'

let bench: Bench
afterEach(() => bench.close())

const LISTS = ['Zapopan', 'Guadalajara', 'Tonalá'].map(
  (city) => `Inm24,${city},venta,Casas,https://www.inmuebles24.com/${city.length}.html`,
)

/** Two batches of three lists; every list of the second one has less than half of the rows. */
async function doubted(): Promise<void> {
  bench = await openHarvest({ 'Nov26_01-1': 'list 100 0', 'Nov26_02-1': 'list 40 0' }, LISTS)
  await harvest(bench, 'Nov26_01')
  await harvest(bench, 'Nov26_02')
}

const chosen = async (filter: TaskFilter) => {
  const { tasks, total } = await bench.engine.query({ type: 'tasks', filter, offset: 0, limit: 10 })
  expect(total).toBe(tasks.length)
  expect(await bench.engine.query({ type: 'task_ids', filter })).toEqual(tasks.map(({ id }) => id))
  return tasks
}

test('how an output stands is known of its task, its site and its batch, and chosen by', async () => {
  await doubted()
  const batch = 'Nov26_02'
  for (const filter of [
    { batch, check: ['suspect'] as const },
    { batch, search: 'check:suspect' },
    { batch, search: 'check:sus site:inm24' },
  ]) {
    const tasks = await chosen(filter)
    expect(tasks.map(({ output_check }) => output_check)).toEqual(['suspect', 'suspect', 'suspect'])
  }
  expect(await chosen({ batch: 'Nov26_01', search: 'check:suspect' })).toEqual([])
  expect(await chosen({ batch: 'Nov26_01', check: ['ok'] })).toHaveLength(6)
  const { batch: view, sites, alerts } = await bench.engine.query({ type: 'overview' })
  expect(view?.outputs).toEqual({ suspect: 3, accepted: 0, failed: 0, incomplete: 0 })
  expect(sites.map(({ outputs }) => outputs.suspect)).toEqual([3])
  expect(alerts).toEqual([{ code: 'suspect', message: 'Nov26_02: 3 outputs are suspect (Inm24 3)' }])
  const { batches } = await bench.engine.query({ type: 'batches', offset: 0, limit: 9 })
  expect(batches.map(({ outputs }) => outputs.suspect)).toEqual([3, 0])
})

test('what suspect outputs have in common is told before they are accepted, all at once', async () => {
  await doubted()
  const filter = { batch: 'Nov26_02', site: 'Inm24' }
  expect(await bench.engine.query({ type: 'suspects', filter })).toMatchObject({
    outputs: 3,
    rows: 120,
    sites: [{ site: 'Inm24', outputs: 3 }],
    findings: [{ code: 'rows', outputs: 3, sites: ['Inm24'] }],
  })
  expect(await chosen({ batch: 'Nov26_02', search: 'check:accepted' })).toEqual([])
  expect(await bench.engine.execute({ type: 'accept', filter })).toEqual({ changed: 3, refused: [] })
  expect(await chosen({ batch: 'Nov26_02', search: 'check:accepted' })).toHaveLength(3)
  await bench.until(({ batch }) => batch?.counts.completed === 6, 'their details')
  const { batch, alerts } = await bench.engine.query({ type: 'overview' })
  expect(batch?.outputs).toMatchObject({ suspect: 0, accepted: 3 })
  expect(alerts).toEqual([])
})

test('an id that is named twice is accepted once, and what is not suspect is refused', async () => {
  await doubted()
  const [id = 0] = await bench.engine.query({
    type: 'task_ids',
    filter: { batch: 'Nov26_02', check: ['suspect'] },
  })
  const result = await bench.engine.execute({ type: 'accept', filter: { ids: [id, 1, id, 999] } })
  expect(result.changed).toBe(1)
  expect(result.refused.map((each) => each.id)).toEqual([1, 999])
})

test('that outputs are suspect is told at once, and once per batch and site', async () => {
  const sink = await httpSink()
  const channel = { type: 'webhook', url_env: 'HOOK', on: ['alert', 'batch_ended'] }
  const deliveries = { 'Nov26_01-1': 'list 100 0', '*': 'list 40 0' }
  bench = await openHarvest(deliveries, LISTS, {
    config: { notify: { channels: { all: channel } } },
    messenger: (loaded) => createMessenger(loaded, { clock: systemClock, env: { HOOK: sink.url } }),
  })
  for (const batch of ['Nov26_01', 'Nov26_02', 'Nov26_03']) await harvest(bench, batch)
  await sink.until(5)
  const told = sink.received.map(({ body }) => JSON.parse(body) as Notice)
  const suspect = { event: 'alert', code: 'suspect' }
  expect(told).toMatchObject([
    { event: 'batch_ended' },
    {
      ...suspect,
      message: expect.stringContaining('site Inm24 of Nov26_02: an output is suspect') as string,
    },
    { event: 'batch_ended' },
    {
      ...suspect,
      message: expect.stringContaining('site Inm24 of Nov26_03: an output is suspect') as string,
    },
    { event: 'batch_ended' },
  ])
})

test('of many tasks that have no suspect output only some are named', async () => {
  await doubted()
  const ids = Array.from({ length: 5000 }, (_, at) => at + 1)
  const result = await bench.engine.execute({ type: 'accept', filter: { ids } })
  expect(result.changed).toBe(3)
  expect(result.refused).toHaveLength(MOST_REFUSED)
})
