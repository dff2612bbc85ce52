import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createComparer } from '../../src/checks/index.ts'
import { pageOf } from '../../src/demo/html.ts'
import { contentsOf, type ListContents } from '../../src/demo/listings.ts'
import { LISTS } from '../../src/demo/lists.ts'
import { shuffled } from '../../src/demo/shuffle.ts'
import type { DiffCounts, Sweep } from '../../src/domain/diff.ts'
import { folder } from '../checks/support.ts'

const PAGE_SIZES = { CyT: 240, Inm24: 30, Lam: 30, Mit: 25, Prop: 47, Tro: 30 } as const

/** The passes over a list, one after the other, each page in the order of its own request. */
function reader(seed: number) {
  const requests = new Map<string, number>()
  return {
    /** The ids of each page of one pass. */
    pass(contents: ListContents): string[][] {
      const { list } = contents
      const pageSize = PAGE_SIZES[list.site]
      const pages: string[][] = []
      for (let page = 1; ; page += 1) {
        const request = requests.get(list.url) ?? 0
        requests.set(list.url, request + 1)
        const order = shuffled(contents, { seed, count: request, pageSize })
        const shown = pageOf(order, page, pageSize).map(({ id }) => id)
        // The one card that a page shares with the page before it.
        if (shown.length <= 1 && page > 1) return pages
        pages.push(shown)
      }
    },
  }
}

const long = LISTS.map((list, place) => ({ list, place })).filter(
  ({ list }) => list.site !== 'Inm24' && list.size > 2 * PAGE_SIZES[list.site],
)

test('the order of a list is another one at each request, and the same for the same seed', () => {
  const contents = contentsOf(LISTS[0]!, 0, 24)
  const at = (seed: number, request: number) =>
    shuffled(contents, { seed, count: request, pageSize: 240 }).map(({ id }) => id)
  expect(at(24, 3)).toEqual(at(24, 3))
  expect(at(24, 3)).not.toEqual(at(24, 4))
  expect(at(24, 3)).not.toEqual(at(25, 3))
  expect(at(24, 3).toSorted()).toEqual(contents.listings.map(({ id }) => id).toSorted())
})

test('lists move as was measured: repeats, cards that stay on their page, cards that move far', () => {
  // The list of the measurement: thirty to a page, and more pages than are read.
  const list = { ...LISTS.find(({ site }) => site === 'Tro')!, size: 300 }
  const contents = contentsOf(list, 0, 24)
  const read = reader(24)
  const [stayed, far, repeats]: [number[], number[], number[]] = [[], [], []]
  let before: string[][] | undefined
  for (let count = 0; count < 12; count += 1) {
    const pages = read.pass(contents)
    const cards = pages.flat()
    repeats.push(1 - new Set(cards).size / cards.length)
    if (before) {
      const [old, now] = [placesOf(before), placesOf(pages)]
      const both = [...now].filter(([id]) => old.has(id))
      stayed.push(both.filter(([id, { page }]) => old.get(id)?.page === page).length / both.length)
      const moved = both.filter(([id, { at }]) => Math.abs(at - (old.get(id)?.at ?? 0)) >= 60)
      far.push(moved.length / both.length)
    }
    before = pages
  }
  expect(mean(stayed)).toBeGreaterThan(0.45)
  expect(mean(stayed)).toBeLessThan(0.6)
  expect(mean(far)).toBeGreaterThan(0.07)
  expect(mean(far)).toBeLessThan(0.13)
  expect(mean(repeats)).toBeGreaterThan(0.15)
  expect(mean(repeats)).toBeLessThan(0.21)
})

test('the demo’s own long lists repeat as much, whatever the size of their pages', () => {
  const read = reader(24)
  const shares = long.map(({ list, place }) => {
    const contents = contentsOf(list, place, 24)
    const passes = Array.from({ length: 6 }, () => read.pass(contents).flat())
    return mean(passes.map((cards) => 1 - new Set(cards).size / cards.length))
  })
  expect(long.length).toBeGreaterThan(4)
  expect(mean(shares)).toBeGreaterThan(0.15)
  expect(mean(shares)).toBeLessThan(0.21)
})

/** Batches over the same lists, each pass after pass until one brings nothing new, five at most: what the kit does. */
async function batches(fortnights: readonly number[], seed: number) {
  const place = folder()
  const read = reader(seed)
  const sum = { listings: 0, gone: 0, fresh: 0, unseen: 0, truth: 0, told: 0 }
  for (const { list, place: at } of long) {
    const sweeps: Sweep[] = []
    const truths: Set<string>[] = []
    for (const [batch, fortnight] of fortnights.entries()) {
      const contents = contentsOf(list, at, seed, fortnight)
      const seen = new Set<string>()
      for (let pass = 1, size = -1; pass <= 5 && seen.size > size; pass += 1) {
        size = seen.size
        for (const id of read.pass(contents).flat()) seen.add(id)
      }
      const path = join(place, `${at}-${batch}.csv`)
      writeFileSync(path, ['id', ...seen, ''].join('\n'))
      sweeps.push({ batch: `B_${batch}`, at: null, path, full: true, gone: null })
      truths.push(new Set(contents.listings.map(({ id }) => id)))
    }
    const told = new Set<string>()
    for (let to = 1; to < sweeps.length; to += 1) {
      const outputs = {
        from: sweeps[to - 1]!,
        to: sweeps[to]!,
        earlier: sweeps.slice(Math.max(0, to - 3), to - 1).toReversed(),
        between: null,
      }
      const page = { kind: 'gone', offset: 0, limit: 10_000 } as const
      const { counts, changed } = await createComparer().compare(outputs, page)
      add(sum, counts, truths[to - 1]!, truths[to]!)
      for (const { id } of changed) told.add(id)
      sum.gone += changed.filter(({ id }) => truths[to]!.has(id)).length
    }
    const lost = truths[0]!.difference(truths.at(-1)!)
    sum.truth += lost.size
    sum.told += [...lost].filter((id) => told.has(id)).length
  }
  return sum
}

function add(
  sum: { listings: number; fresh: number; unseen: number },
  counts: DiffCounts,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): void {
  sum.listings += after.size
  sum.fresh += Math.max(0, counts.new - after.difference(before).size)
  sum.unseen += counts.unseen ?? 0
}

test('of an unchanged inventory at most 1 % is called gone, and at most 1 % new', async () => {
  const { listings, gone, fresh } = await batches([0, 0, 0, 0, 0], 24)
  expect(gone / listings).toBeLessThanOrEqual(0.01)
  expect(fresh / listings).toBeLessThanOrEqual(0.01)
})

test('what is truly gone is told of within two batches', async () => {
  for (const seed of [24, 25]) {
    const { truth, told, gone, listings } = await batches([0, 1, 1], seed)
    expect(truth).toBeGreaterThan(50)
    expect(told / truth).toBeGreaterThanOrEqual(0.95)
    expect(gone / listings).toBeLessThanOrEqual(0.01)
  }
})

function placesOf(pages: readonly string[][]): Map<string, { page: number; at: number }> {
  const places = new Map<string, { page: number; at: number }>()
  let at = 0
  for (const [page, ids] of pages.entries()) {
    for (const id of ids) {
      if (!places.has(id)) places.set(id, { page, at })
      at += 1
    }
  }
  return places
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
