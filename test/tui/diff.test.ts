import { describe, expect, test } from 'vitest'
import type { DiffView } from '../../src/domain/diff.ts'
import { ZafraError } from '../../src/domain/error.ts'
import { openDiff } from '../../src/tui/screens/diff/load.ts'
import { combinationDiff, diffView, listingDiff } from '../support/history.ts'
import { harmless } from '../support/hostile.ts'
import { busyOverview } from '../support/overview.ts'
import { openSession } from '../support/tui-session.ts'

async function open(view: DiffView = diffView(), size = { columns: 120, rows: 30 }) {
  const opened = await openSession(busyOverview(), size)
  opened.engine.scripts.diff = ({ offset, limit, listings, filter }) => {
    if (!listings) return { ...view, combinations: view.combinations.slice(offset, offset + limit) }
    const total = filter ? 31 : 2301
    const first = Array.from({ length: Math.min(listings.limit, total - listings.offset) }, (_, index) =>
      listingDiff(listings.offset + index, { kind: listings.kind }),
    )
    return { ...view, combinations: [], listings: { total, listings: first } }
  }
  openDiff(opened.session, 'B_001', 'B_002')
  await opened.rest()
  return opened
}

test('says in sum what came, went, rose and fell, what the lists gained, and which sites got slower', async () => {
  const { screen } = await open()
  expect(screen()).toContain('B_001 → B_002')
  expect(screen()).toContain(
    '81,200 → 83,002   +2,301 new  -1,100 gone  640 not seen once  ↑40 dearer  ↓61 cheaper',
  )
  expect(screen()).toContain('2 added  1 gone   u shows them')
  expect(screen()).toContain('▲ Inm24 12m 00s → 40m 00s slower   CyT 30m 00s → 31m 00s')
})

test('has a row per combination, with why there is nothing to tell', async () => {
  const { screen, selected, press } = await open()
  expect(selected()).toMatch(/Inm24 +Gdl +Ven +Dep +340 +351 +31 +20 +12 +4 +9/)
  expect(screen()).toMatch(/Lam +Gdl .* 2 +– +– +0 +0/)
  expect(screen()).toMatch(/Mit .* – +– +– +– +later batch: failed/)
  await press('j', 'enter')
  expect(screen()).toContain('nothing changed here')
  await press('G', 'enter')
  expect(screen()).toContain('later batch: failed')
})

test('sorts and filters the combinations', async () => {
  const { screen, selected, type, press, rest } = await open()
  await press('g', 'N', 'N', 'g')
  await rest()
  expect(selected()).toMatch(/Inm24 +Gdl/)
  expect(screen()).toContain('New↓')
  await press('N', 'g')
  await rest()
  expect(selected()).toMatch(/Inm24 +Zap/)
  await press('/')
  await type('site:lam')
  await press('enter')
  await rest()
  expect(screen()).toContain('1 of 1')
  expect(screen()).toContain('B_001 → B_002 · /site:lam')
  await press('/', 'ctrl-u')
  await type('none such')
  await rest()
  expect(screen()).toContain('No combination matches "none such"; Esc shows all')
})

test('takes every page of 2,500 combinations', async () => {
  const combinations = Array.from({ length: 2500 }, (_, index) => combinationDiff({ variant: index + 1 }))
  const { screen, selected, press, rest } = await open(diffView({ combinations, total: 2500 }))
  await press('G')
  await rest()
  expect(screen()).toContain('2,500 of 2,500')
  expect(selected()).toContain('Dep-2500'.slice(0, 5))
})

describe('down to the listings', () => {
  test('of a combination, a page at a time, kind by kind, and back', async () => {
    const { screen, selected, press, rest, engine, copied, type } = await open()
    await press('enter')
    await rest()
    expect(screen()).toContain('Listings]')
    expect(screen()).toContain('Inm24 Gdl Ven Dep   B_001 → B_002')
    expect(screen()).toContain('[31 new]  20 gone')
    expect(selected()).toMatch(/9000 +2,150,000 MXN +Casa en Jardines 0/)
    expect(engine.queries.at(-1)).toMatchObject({
      filter: { site: 'Inm24', city: 'Gdl', operation: 'Ven', product: 'Dep', scraper: 'inm24' },
      limit: 0,
      listings: { kind: 'new', offset: 0 },
    })
    await press('G')
    await rest()
    expect(screen()).toContain('31 of 31')
    await press('tab', 'tab', 'tab', 'tab')
    await rest()
    expect(screen()).toContain('[4 dearer]')
    expect(selected()).toMatch(/2,000,000 MXN +2,150,000 MXN +\+7\.5%/)
    await press('y', 'u')
    expect(copied).toEqual(['https://inm24.example/p/9000'])
    await press('shift-tab', 'shift-tab', 'shift-tab')
    await rest()
    expect(screen()).toContain('[20 gone]')
    await press('/')
    await type('jardines')
    await press('enter')
    await rest()
    expect(screen()).toContain('B_002 · /jardines')
    expect(engine.queries.at(-1)).toMatchObject({ listings: { kind: 'gone', search: 'variant:1 jardines' } })
    await press('esc', 'esc')
    await rest()
    expect(screen()).not.toContain('Listings]')
    expect(selected()).toMatch(/Inm24 +Gdl/)
  })

  test('of all combinations: never more than a page of 2,301', async () => {
    const { screen, press, rest, engine } = await open()
    await press('a')
    await rest()
    expect(screen()).toMatch(/Inm24 +Gdl Ven Dep +9000/)
    await press('G')
    await rest()
    expect(screen()).toContain('2,301 of 2,301')
    const limits = engine.queries.flatMap((query) =>
      query.type === 'diff' && query.listings ? [query.listings.limit] : [],
    )
    expect(Math.max(...limits)).toBeLessThanOrEqual(3 * 26)
  })

  test('and to the addresses that only one of the lists has', async () => {
    const { screen, press, rest } = await open()
    await press('u')
    await rest()
    expect(screen()).toContain('[2 added to lists]')
    expect(screen()).toContain('https://inm24.example/zap/nuevo')
    await press('tab')
    await rest()
    expect(screen()).toContain('[1 gone from lists]')
    expect(screen()).toContain('https://lam.example/viejo')
  })
})

test('while the outputs are compared it says so, and without an answer why not', async () => {
  const opened = await openSession(busyOverview())
  opened.engine.scripts.diff = () => {
    throw new ZafraError('not_found', 'there is no batch B_002; zafra batches lists them')
  }
  openDiff(opened.session, 'B_001', 'B_002')
  expect(opened.screen()).toContain('Comparing the outputs of both batches')
  await opened.rest()
  expect(opened.screen()).toContain('there is no batch B_002')
})

test('where nothing is to be compared it says so', async () => {
  const sum = { before: 0, after: 0, new: 0, gone: 0, unseen: 0, back: 0, up: 0, down: 0, currency: 0 }
  const urls = { added: 0, gone: 0, added_urls: [], gone_urls: [] }
  const { screen, press } = await open(diffView({ combinations: [], total: 0, sum, urls, sites: [] }))
  expect(screen()).toContain('Neither batch has a list to compare')
  expect(screen()).toContain('the same addresses')
  expect(screen()).toContain('no combination completed in both')
  await press('a')
  expect(screen()).toContain('no listing changed')
  await press('u')
  expect(screen()).toContain('the lists have the same addresses')
})

test('texts of others are harmless', async () => {
  const evil = '\u001b]0;x\u0007\u009b31m\u202e\u2028\r'
  const urls = { added: 1, gone: 0, added_urls: [evil], gone_urls: [] }
  const view = diffView({ urls })
  const { screen, press, rest, engine } = await open(view)
  engine.scripts.diff = () => ({
    ...view,
    listings: { total: 1, listings: [listingDiff(1, { title: evil, url: evil, id: evil })] },
  })
  for (const keys of [['a'], ['esc', 'u']]) {
    await press(...keys)
    await rest()
    expect(harmless(screen().replaceAll('\n', ''))).toBe(true)
  }
})
