import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createComparer } from '../../src/checks/index.ts'
import type { DiffPair, DiffPairs, ListingDiff } from '../../src/domain/diff.ts'
import type { Change } from '../../src/domain/store.ts'
import { createDiffs } from '../../src/engine/diff/diffs.ts'
import { folder } from '../checks/support.ts'
import { testClock } from '../support/clock.ts'

const SIDE = {
  chosen: true,
  status: 'completed',
  depends_on: null,
  at: null,
  complete: true,
  check: 'ok',
  stopped_by: null,
  details_path: null,
  cap: null,
} as const
const BATCHES = { from: 'Sep25_01', to: 'Sep25_02', filter: {} }
const CODES = { scraper_name: 'cyt', website: 'CyT', operation: 'Ven', product: 'Cas', variant: 1 }

/** Two batches of a combination per city, whose later lists have what the earlier ones have not. */
function place(cities: Record<string, { before: string[]; after: string[] }>) {
  const workspace = folder()
  const clock = testClock()
  const asked = { pairs: 0, outputs: 0 }
  const csv = (ids: string[]) => ['id,nombre', ...ids.map((id) => `${id},Casa ${id}`), ''].join('\n')
  const pairs = Object.entries(cities).map(([city, { before, after }], at): DiffPair => {
    const side = (id: number, ids: string[]) => {
      const output_path = `${city}-${id}.csv`
      writeFileSync(join(workspace, output_path), csv(ids))
      const facts = { ...SIDE, minutes: 1 }
      return { id, url: `https://a.mx/${city}`, output_path, ...facts }
    }
    return { ...CODES, city, from: side(11 + at, before), to: side(21 + at, after) }
  })
  const diffPairs: DiffPairs = () => {
    asked.pairs += 1
    return Promise.resolve({ pairs, next: null })
  }
  const comparer = createComparer()
  const diffs = createDiffs({
    config: { workspace },
    clock,
    reads: {
      askedOf: () => Promise.resolve({}),
      diffPairs,
      diffSweeps: () => Promise.resolve({ earlier: [], between: null }),
    },
    comparer: {
      compare(...pair) {
        asked.outputs += 1
        return comparer.compare(...pair)
      },
    },
  })
  const page = async (offset: number, limit: number, search = '') => {
    const diff = await diffs.of(BATCHES)
    return diff.listings('new', search).page(offset, limit)
  }
  return { workspace, clock, asked, diffs, page }
}

const CITIES = {
  Gdl: { before: ['1'], after: ['1', '2', '3'] },
  Ton: { before: ['1'], after: ['1'] },
  Zap: { before: [], after: ['4', '5', '12'] },
}

const names = (listings: ListingDiff[]) => listings.map(({ city, id }) => `${city} ${id}`)

test('pages are of what was compared once, and read the outputs alone that they are of', async () => {
  const { asked, page } = place(CITIES)
  const pages = []
  for (const offset of [0, 2, 4]) pages.push(await page(offset, 2))
  expect(pages.map(({ total, listings }) => [total, names(listings)])).toEqual([
    [5, ['Gdl 2', 'Gdl 3']],
    [5, ['Zap 4', 'Zap 5']],
    [5, ['Zap 12']],
  ])
  expect(asked).toEqual({ pairs: 1, outputs: 3 + 3 })
})

test('how many listings a search chooses is asked of every output once', async () => {
  const { asked, page } = place(CITIES)
  expect(await page(0, 1, '2')).toMatchObject({ total: 2, listings: [{ city: 'Gdl', id: '2' }] })
  const { outputs } = asked
  expect(await page(1, 1, '2')).toMatchObject({ total: 2, listings: [{ city: 'Zap', id: '12' }] })
  expect(asked.outputs).toBe(outputs + 1)
  expect(await page(0, 9, 'city:Zap !12')).toMatchObject({ total: 2 })
})

test.for<[string, Change, boolean]>([
  [
    'a task of the later batch',
    { type: 'task', id: 23, from: 'running', set: { status: 'completed' } },
    true,
  ],
  ['a task of another batch', { type: 'task', id: 31, from: 'running', set: { status: 'completed' } }, false],
  ['an output that was accepted', { type: 'outputs_accepted', task_ids: [11], at: '' }, true],
  [
    'tasks of the earlier batch',
    { type: 'tasks', filter: { batch: 'Sep25_01' }, from: 'failed', set: { status: 'pending' } },
    true,
  ],
  [
    'tasks of another batch',
    { type: 'tasks', filter: { batch: 'Oct25_01' }, from: 'failed', set: { status: 'pending' } },
    false,
  ],
  ['tasks that are forgotten', { type: 'forget_tasks', before: '' }, true],
  ['a pause', { type: 'unpause', scope: 'CyT' }, false],
])('after %s changed', async ([, change, anew]) => {
  const { asked, diffs } = place(CITIES)
  const before = diffs.of(BATCHES)
  await before
  diffs.hear([change])
  await diffs.of(BATCHES)
  expect(asked.pairs).toBe(anew ? 2 : 1)
})

test('what changed while it was compared is compared anew', async () => {
  const { asked, diffs } = place(CITIES)
  const first = diffs.of(BATCHES)
  diffs.hear([{ type: 'task', id: 23, from: 'running', set: { status: 'completed' } }])
  await first
  await diffs.of(BATCHES)
  expect(asked.pairs).toBe(2)
})

test('what nobody asks for is let go', async () => {
  const { asked, clock, diffs } = place(CITIES)
  await diffs.of(BATCHES)
  clock.advance(61_000)
  diffs.hear([])
  await diffs.of(BATCHES)
  expect(asked.pairs).toBe(2)
})

test('an output that is gone since is said once, and compared anew after that', async () => {
  const { workspace, diffs, page } = place(CITIES)
  await diffs.of(BATCHES)
  rmSync(join(workspace, 'Gdl-21.csv'))
  await expect(page(0, 9)).rejects.toMatchObject({ code: 'not_found' })
  expect(names((await page(0, 9)).listings)).toEqual(['Zap 4', 'Zap 5', 'Zap 12'])
})
