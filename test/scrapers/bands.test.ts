import { mkdtempSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seeded } from '../../src/demo/chance.ts'
import { inm24 } from '../../src/demo/inm24.ts'
import { attempt, rowsOf, type Given } from './attempt.ts'
import { HOST, serve } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'zafra-bands-'))
const PAGE_SIZE = 30
const LIST = '/casas-en-venta-en-zapopan'

interface Offer {
  id: number
  /** 0: on demand. */
  price: number
  currency?: 'USD'
}

const pesos = ({ price, currency }: Offer) => (currency ? price * 20 : price)

/** Houses of all prices, of which some are in dollars and some on demand. */
function offers(size: number, onDemand = 0): Offer[] {
  const random = seeded(size)
  return Array.from({ length: size }, (_, id) => {
    const price = 500_000 + Math.floor(random() * 900) * 10_000
    if (id >= size - onDemand) return { id, price: 0 }
    return random() < 0.08 ? { id, price: Math.ceil(price / 20), currency: 'USD' } : { id, price }
  })
}

function page(shown: readonly Offer[], total: number): string {
  const listPostings = shown.map(({ id, price, currency = 'MN' }) => ({
    postingId: String(id + 1),
    priceOperationTypes: price
      ? [{ operationType: { name: 'Venta' }, prices: [{ amount: price, currency }] }]
      : [],
  }))
  const state = { listStore: { listPostings, paging: { total } } }
  const notice = shown.length === 0 ? '<h2>No encontramos propiedades que coincidan con tu búsqueda</h2>' : ''
  return `${notice}<script>window.__PRELOADED_STATE__ = ${JSON.stringify(state)};</script>`
}

interface Portal {
  /** What a page shows, where not what it should. */
  show?: (shown: Offer[], page: number) => Offer[]
  /** Whether it heeds a least price. */
  heeds?: boolean
  robots?: string
  refusedFrom?: number
  /** So many pesos a listing's place may be off, anew for each request. */
  jitter?: number
}

/** Inmuebles24 as sites.md describes it: sorted by price without what has none, and no page 5. */
async function serveOffers(name: string, all: readonly Offer[], portal: Portal = {}) {
  const { show = (shown) => shown, heeds = true, robots = inm24.robots, refusedFrom = 5, jitter = 0 } = portal
  const random = seeded(1)
  const { asked, env } = await serve(({ path }, response) => {
    if (path === '/robots.txt') response.end(robots)
    else answer(path, response)
  })
  function answer(path: string, response: ServerResponse) {
    const number = Number(/-pagina-(\d+)\.html$/.exec(path)?.[1] ?? 1)
    if (number >= refusedFrom) return response.writeHead(403).end('<title>Just a moment...</title>')
    const least = heeds ? Number(/-mas-de-(\d+)-pesos/.exec(path)?.[1] ?? 0) : 0
    const isSorted = path.includes('-ordenado-por-precio-ascendente')
    const listed = isSorted
      ? all
          .filter((each) => each.price > 0 && pesos(each) >= least)
          .map((each) => ({ each, place: pesos(each) + random() * jitter }))
          .toSorted((one, other) => one.place - other.place)
          .map(({ each }) => each)
      : all
    const shown = listed.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
    response.end(page(show(shown, number), listed.length))
  }
  const given = {
    ...env,
    SCRAPER_OUTPUT_FILE: join(folder, `${name}.csv`),
    SCRAPER_STATE_FILE: join(folder, `${name}.csv.state`),
    SCRAPER_INPUT_URL: `https://${HOST}${LIST}.html`,
    SCRAPER_SPLIT: 'price',
  }
  return { given, paths: () => asked.map(({ path }) => path).filter((path) => path !== '/robots.txt') }
}

async function harvest(given: Given) {
  const result = await attempt('inm24', given)
  expect(result).toMatchObject({ status: 0, stderr: '' })
  const ids = rowsOf(given.SCRAPER_OUTPUT_FILE).map(({ id }) => Number(id) - 1)
  expect(new Set(ids).size).toBe(ids.length)
  const warnings = result.messages.filter(({ type, level }) => type === 'log' && level === 'warn')
  return { ids: new Set(ids), facts: result.last('result'), messages: result.messages, warnings }
}

const priced = (all: readonly Offer[]) => all.filter(({ price }) => price > 0).map(({ id }) => id)

test('a list that the portal shows a part of is seen as a whole, in bands of price', async () => {
  const all = offers(700, 20)
  const { given, paths } = await serveOffers('whole', all)
  const { ids, facts, messages } = await harvest(given)
  expect(priced(all).filter((id) => !ids.has(id))).toEqual([])
  const unpriced = 700 - ids.size
  expect(facts).toMatchObject({ rows: ids.size, complete: true, expected: 700, unpriced, repeats: 0 })
  expect(facts).not.toHaveProperty('stopped_by')
  expect(unpriced).toBeGreaterThan(0)
  expect(JSON.stringify(messages)).toContain(
    `about ${unpriced} listings of https://${HOST}${LIST}.html have no price`,
  )
  expect(paths()[0]).toBe(`${LIST}.html`)
  expect(paths()[1]).toBe(`${LIST}-ordenado-por-precio-ascendente.html`)
  expect(paths().filter((path) => /-pagina-(?:[5-9]|\d\d)/.test(path))).toEqual([])
  expect(paths().slice(5)).toEqual(
    paths()
      .slice(5)
      .filter((path) =>
        /-mas-de-\d+-pesos-ordenado-por-precio-ascendente(?:-pagina-[234])?\.html$/.test(path),
      ),
  )
  // Twenty-four pages hold it; bands overlap by a few listings.
  expect(paths().length).toBeLessThanOrEqual(28)
})

test('without a split the same list is capped, and says by how much', async () => {
  const { given } = await serveOffers('capped', offers(700, 20))
  const { facts } = await harvest({ ...given, SCRAPER_SPLIT: undefined })
  expect(facts).toMatchObject({ rows: 120, complete: false, stopped_by: 'cap', cap: 120, expected: 680 })
  expect(facts).toMatchObject({ unseen: 560 })
})

test('a listing that stands out of the order leaves no gap', async () => {
  const all = offers(400)
  const dear = { id: 9000, price: 90_000_000 }
  const show = (shown: Offer[], number: number) =>
    number % 2 === 0 ? [...shown.slice(0, -1), dear, ...shown.slice(-1)] : [dear, ...shown]
  const { given } = await serveOffers('promoted', all, { show })
  const { ids } = await harvest({ ...given, SCRAPER_REPEATS_LIMIT: '0.5' })
  expect(priced(all).filter((id) => !ids.has(id))).toEqual([])
})

test('more of one price than a band shows: the rest is read, and the list is not whole', async () => {
  const all = offers(300).map((each) => (each.id < 150 ? { id: each.id, price: 2_000_000 } : each))
  const { given, paths } = await serveOffers('equal', all)
  const { ids, facts, warnings } = await harvest(given)
  expect(facts).toMatchObject({ complete: false, expected: 300, unseen: 300 - ids.size })
  expect(ids.size).toBeGreaterThan(240)
  const dearer = all.filter((each) => pesos(each) > 2_000_001)
  expect(dearer.filter(({ id }) => !ids.has(id))).toEqual([])
  expect(JSON.stringify(warnings)).toContain('cost about 2000000')
  expect(paths().length).toBeLessThanOrEqual(20)
})

test('bands whose cards repeat are read again', async () => {
  const all = offers(400)
  const { given } = await serveOffers('jitter', all, { jitter: 600_000 })
  const { ids, facts, messages } = await harvest(given)
  expect(JSON.stringify(messages)).toContain('(pass 2)')
  expect(400 - ids.size).toBeLessThanOrEqual(4)
  expect(facts).toMatchObject({ complete: true, expected: 400 })
})

test('a list that fits into one band is not cut', async () => {
  const { given, paths } = await serveOffers('small', offers(44))
  expect((await harvest(given)).facts).toMatchObject({ rows: 44, complete: true, unpriced: 0 })
  expect(paths()).toHaveLength(3)
})

test('a portal that refuses pages earlier gets smaller bands', async () => {
  const all = offers(200)
  const { given, paths } = await serveOffers('refused', all, { refusedFrom: 3 })
  const { ids, facts } = await harvest(given)
  expect(ids.size).toBe(200)
  expect(facts).toMatchObject({ complete: true })
  expect(paths().filter((path) => path.includes('-pagina-3'))).toHaveLength(1)
})

test('an attempt killed in a band goes on there', async () => {
  const all = offers(400)
  const { given, paths } = await serveOffers('killed', all)
  let pages = 0
  const first = await attempt('inm24', given, ({ type }, kill) => {
    pages += type === 'progress' ? 1 : 0
    if (pages === 8) kill('SIGKILL')
  })
  expect(first.signal).toBe('SIGKILL')
  const { ids, facts } = await harvest(given)
  expect(ids.size).toBe(400)
  expect(facts).toMatchObject({ complete: true, expected: 400 })
  expect(paths().filter((path) => path === `${LIST}.html`)).toHaveLength(1)
  expect(paths().length).toBeLessThanOrEqual(20)
})

test('the limit of pages holds for all bands together', async () => {
  const { given, paths } = await serveOffers('limited', offers(400))
  const { facts } = await harvest({ ...given, SCRAPER_MAX_PAGES: '6' })
  expect(paths()).toHaveLength(6)
  expect(facts).toMatchObject({ complete: false, stopped_by: 'max_pages', expected: 400 })
})

test('a list that has no sorted form is not split', async () => {
  const { given, paths } = await serveOffers('remate', offers(40))
  const { warnings } = await harvest({
    ...given,
    SCRAPER_INPUT_URL: `https://${HOST}${LIST}-q-remate.html`,
  })
  expect(JSON.stringify(warnings)).toContain('is not split')
  expect(paths()[0]).toBe(`${LIST}-q-remate.html`)
})

test.for([
  ['does not heed a least price', 'inm24', { heeds: false }, 'does not heed a least price'],
  ['forbids the form', 'inm24', { robots: 'User-agent: *\nDisallow: /*-mas-de-' }, 'robots.txt of'],
  ['has none', 'prop', {}, 'can be split by price'],
] as const)('a site that %s is a fault of the configuration', async ([name, scraper, portal, message]) => {
  const { given } = await serveOffers(name.length.toString(), offers(300), portal)
  const result = await attempt(scraper, given)
  expect(result.status).toBe(78)
  expect(result.last('error')).toMatchObject({
    class: 'config',
    message: expect.stringContaining(message),
  })
})
