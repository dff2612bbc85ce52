import { afterEach, expect, test } from 'vitest'
import { createComparer } from '../../src/checks/index.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { siteLines, siteListings } from '../../src/engine/diff/site-listings.ts'
import { createCheckLines } from '../../src/engine/index.ts'
import { openSnapshot } from '../../src/store/index.ts'
import { combinationDiff } from '../support/history.ts'
import type { Bench } from '../support/engine.ts'
import { harvest, openHarvest } from './harvest.ts'

let bench: Bench | undefined
afterEach(async () => {
  await bench?.engine.close()
  await bench?.close()
})

/** What a digest says of the last of three batches, whose lists have so many listings. */
async function digestAfter(...counts: readonly [number, number, number]) {
  const own = (bench = await openHarvest(
    Object.fromEntries(counts.map((count, at) => [`Nov26_0${at + 1}-1`, `list ${count} ${at}`])),
  ))
  for (const batch of ['Nov26_01', 'Nov26_02', 'Nov26_03']) await harvest(own, batch)
  const reads = await openSnapshot(own.config.database.path, systemClock)
  try {
    return await createCheckLines({ config: own.config, reads, comparer: createComparer() }).lines('Nov26_03')
  } finally {
    await reads.close()
  }
}

test('a site that has nothing new for two batches is named, though its runs are ok', async () => {
  const { findings, diff } = await digestAfter(100, 100, 100)
  expect(findings).toEqual([
    'Inm24: neither Nov26_02 nor Nov26_03 has a new listing, though its runs are ok; does it show an old copy of its lists?',
  ])
  expect(diff.at(-1)).toBe('Inm24: 100 seen, 0 new, 0 gone, 0 not seen once')
})

test('a site that had news in either batch is not', async () => {
  const { findings, diff } = await digestAfter(100, 104, 104)
  expect(findings).toEqual([])
  expect(diff.at(-1)).toBe('Inm24: 104 seen, 0 new, 0 gone, 0 not seen once')
})

test('what is gone at a site is not known where none of its sweeps was full', () => {
  const lists = [
    combinationDiff({ website: 'CyT', after: 10, new: 1, gone: 2, unseen: 3 }),
    combinationDiff({ website: 'CyT', after: 5, new: 0, gone: null, unseen: null }),
    combinationDiff({ website: 'Lam', after: 7, new: 4, gone: null, unseen: null }),
    combinationDiff({ website: 'Mit', outcome: 'missing' }),
  ]
  const compared = lists.map((diff) => ({ diff, outputs: null, details: null }))
  expect(siteLines(siteListings({ compared }))).toEqual([
    'CyT: 15 seen, 1 new, 2 gone, 3 not seen once',
    'Lam: 7 seen, 4 new, what is gone is not known',
  ])
})
