import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unseenOf } from '../../scrapers/kit/unseen.ts'
import { attempt, rowsOf, type Given } from './attempt.ts'
import { shuffledList } from './shuffled.ts'
import { HOST, serve } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'zafra-census-'))
const PAGE_SIZE = 47

/** A page of Prop. */
function page(ids: readonly number[], total?: number): string {
  const results = { properties: ids.map((id) => ({ id: id + 1 })), totalItems: total }
  const data = JSON.stringify({ props: { pageProps: { results } } })
  return `<script id="__NEXT_DATA__" type="application/json">${data}</script>`
}

/** A list of Prop. @param idsOf what its page N shows, asked once for each request */
async function serveList(name: string, idsOf: (page: number) => readonly number[], total?: number) {
  const { asked, env } = await serve(({ path }, response) => {
    if (path === '/robots.txt') return
    response.end(page(idsOf(Number(/pagina=(\d+)/.exec(path)?.[1] ?? 1)), total))
  })
  const output = join(folder, `${name}.csv`)
  const given = {
    ...env,
    SCRAPER_OUTPUT_FILE: output,
    SCRAPER_INPUT_URL: `https://${HOST}/zapopan/casas-venta`,
  }
  return { given, pages: () => asked.filter(({ path }) => path !== '/robots.txt').length }
}

async function harvest(given: Given) {
  const result = await attempt('prop', given)
  expect(result).toMatchObject({ status: 0, stderr: '' })
  const rows = rowsOf(given.SCRAPER_OUTPUT_FILE)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  expect(result.last('result')).toMatchObject({ rows: rows.length })
  const told: Record<string, unknown> = result.last('result') ?? {}
  const number = (name: string) => Number(told[name])
  const facts = { ...told, rows: rows.length, cards: number('cards'), repeats: number('repeats') }
  return { ...result, facts: { ...facts, unseen: number('unseen'), complete: told['complete'] === true } }
}

const still = (size: number) => (number: number) =>
  Array.from({ length: size }, (_, id) => id).slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)

test.for([
  ['by its counter', 500],
  ['without a counter', undefined],
] as const)('a list that shuffles is read until next to nothing is left, %s', async ([name, total]) => {
  const { given, pages } = await serveList(`shuffled-${name.length}`, shuffledList(500, PAGE_SIZE, 3), total)
  const { facts, messages } = await harvest(given)
  expect(facts.complete).toBe(true)
  expect(facts.repeats / facts.cards).toBeGreaterThan(0.1)
  expect(500 - facts.rows).toBeLessThanOrEqual(5)
  expect(Math.abs(500 - facts.rows - facts.unseen)).toBeLessThanOrEqual(4)
  expect(pages()).toBeGreaterThan(22)
  // Eleven pages, and so many again for each of four further passes at the most.
  expect(pages()).toBeLessThanOrEqual(55)
  const told = messages.filter(({ type, message }) => type === 'log' && /pass \d/.test(String(message)))
  expect(told[0]).toMatchObject({
    message: expect.stringMatching(/ % of the cards .* about \d+ listings not seen/),
  })
})

test('a list of which little repeats is read once', async () => {
  const idsOf = (number: number) => (number === 2 ? [0, ...still(470)(2).slice(1)] : still(470)(number))
  const { given, pages } = await serveList('once', idsOf, 470)
  expect((await harvest(given)).facts).toMatchObject({
    rows: 469,
    cards: 470,
    repeats: 1,
    unseen: 1,
    complete: true,
  })
  expect(pages()).toBe(11)
})

test('the operator says how much may repeat', async () => {
  const { given, pages } = await serveList('limit', shuffledList(300, PAGE_SIZE, 5), 300)
  const { facts } = await harvest({ ...given, SCRAPER_REPEATS_LIMIT: '0.5' })
  expect(pages()).toBe(7)
  // One pass: what repeats hides as much.
  expect(facts).toMatchObject({ complete: false, rows: 300 - facts.repeats, unseen: facts.repeats })
})

test('cards that stand on every page hide nothing, also where the portal counts them', async () => {
  const idsOf = (number: number) => [900, 901, 902, ...still(500)(number).slice(3)]
  const shown = new Set(Array.from({ length: 11 }, (_, at) => idsOf(at + 1)).flat()).size
  for (const total of [shown, shown + 30, undefined]) {
    const { given, pages } = await serveList(`promoted-${total}`, idsOf, total)
    expect((await harvest(given)).facts).toMatchObject({ rows: shown, unseen: 0, complete: true })
    // As many as are counted: nothing is left to look for.
    expect(pages()).toBe(total === shown ? 11 : 22)
  }
})

test('a list that is far from its counter is not whole, however often its pages are read', async () => {
  const { given } = await serveList('short', shuffledList(300, PAGE_SIZE, 6), 900)
  expect((await harvest(given)).facts).toMatchObject({ complete: false, expected: 900 })
})

test('an attempt killed in a further pass goes on there', async () => {
  const size = 300
  const pass = (request: number) => Math.floor(request / 7)
  // The same shuffle for the same page of the same pass, however often a killed attempt asked for it.
  const orders = Array.from({ length: 5 }, (_, at) => {
    const shuffled = shuffledList(size, PAGE_SIZE, 40 + at)
    return Array.from({ length: 7 }, (__, number) => shuffled(number + 1))
  })
  const answers = () => {
    let requests = 0
    return (number: number) => orders[Math.min(pass(requests++), 4)]?.[number - 1] ?? []
  }
  const whole = await serveList('unbroken', answers(), size)
  const unbroken = await harvest(whole.given)
  const broken = await serveList('broken', answers(), size)
  let states = 0
  const first = await attempt('prop', broken.given, ({ type }, kill) => {
    states += type === 'state' ? 1 : 0
    if (type === 'progress' && states === 10) kill('SIGKILL')
  })
  expect(first.signal).toBe('SIGKILL')
  // Which pass showed which row goes along.
  const rows = rowsOf(broken.given.SCRAPER_OUTPUT_FILE).length
  expect(first.last('state')).toMatchObject({
    value: { pass: 2, seen: expect.stringMatching(new RegExp(`^[123]{${rows}}$`)) },
  })
  const resumed = await harvest({
    ...broken.given,
    SCRAPER_STATE_FILE: `${broken.given.SCRAPER_OUTPUT_FILE}.state`,
  })
  expect(resumed.facts.complete).toBe(unbroken.facts.complete)
  expect(resumed.facts.rows).toBeGreaterThan(size * 0.98)
  // Not the pages of the first pass again: at most the one that was under way.
  expect(broken.pages()).toBeLessThanOrEqual(5 * 7 + 2)
})

test('no further pass begins that the deadline would cut off', async () => {
  const { given, pages } = await serveList('late', shuffledList(300, PAGE_SIZE, 7), 300)
  const SCRAPER_DEADLINE = new Date(Date.now() + 4500).toISOString()
  const { facts } = await harvest({ ...given, SCRAPER_RATE_LIMIT: '0.4', SCRAPER_DEADLINE })
  expect(facts).toMatchObject({ complete: false, unseen: facts.repeats })
  expect(pages()).toBe(7)
})

test('a page that the portal refused is not asked for again in further passes', async () => {
  const idsOf = shuffledList(600, PAGE_SIZE, 9)
  const { asked, env } = await serve(({ path }, response) => {
    const number = Number(/pagina=(\d+)/.exec(path)?.[1] ?? 1)
    if (number > 4) response.writeHead(403).end('<h1>Access denied</h1>')
    else if (path !== '/robots.txt') response.end(page(idsOf(number), 600))
  })
  const { facts } = await harvest({
    ...env,
    SCRAPER_OUTPUT_FILE: join(folder, 'refused.csv'),
    SCRAPER_INPUT_URL: `https://${HOST}/zapopan/casas-venta`,
  })
  expect(facts).toMatchObject({ complete: false, stopped_by: 'cap', cap: facts.rows, expected: 600 })
  expect(asked.filter(({ path }) => path.includes('pagina=5'))).toHaveLength(1)
  expect(asked.filter(({ path }) => path.includes('pagina=4')).length).toBeGreaterThan(1)
})

test('further passes heed the limit of pages', async () => {
  const { given, pages } = await serveList('pages', shuffledList(600, PAGE_SIZE, 8), 600)
  const { facts } = await harvest({ ...given, SCRAPER_MAX_PAGES: '3' })
  expect(facts).toMatchObject({ complete: false, stopped_by: 'max_pages', unseen: 600 - facts.rows })
  expect(pages() % 3).toBe(0)
  expect(pages()).toBeLessThanOrEqual(15)
})

const SEEDS = Array.from({ length: 12 }, (_, at) => at + 1)

test.for([240, 600, 1200])('the estimate for a shuffled list of %i, after each pass', (size) => {
  const errors = [0, 0, 0, 0, 0]
  for (const seed of SEEDS) {
    const idsOf = shuffledList(size, 30, seed)
    const passes = new Map<number, number>()
    let cards = 0
    for (const pass of errors.keys()) {
      const ids = Array.from({ length: Math.ceil(size / 30) }, (_, at) => idsOf(at + 1)).flat()
      cards += ids.length
      for (const id of new Set(ids)) passes.set(id, (passes.get(id) ?? 0) + 1)
      const times = (wanted: number) => [...passes.values()].filter((each) => each === wanted).length
      const known = { passes: pass + 1, cards, seen: passes.size, once: times(1), twice: times(2) }
      const missed = size - passes.size
      errors[pass] = Math.max(errors[pass] ?? 0, Math.abs(unseenOf(known) - missed) / size)
    }
  }
  // The share of the list by which the worst of the estimates is off.
  for (const error of errors) expect(error).toBeLessThanOrEqual(0.03)
})

test('nothing is estimated where nothing repeats, or where a pass brings nothing that another did not', () => {
  expect(unseenOf({ passes: 1, cards: 300, seen: 300, once: 300, twice: 0 })).toBe(0)
  expect(unseenOf({ passes: 2, cards: 660, seen: 300, once: 0, twice: 300 })).toBe(0)
  expect(unseenOf({ passes: 3, cards: 990, seen: 300, once: 0, twice: 0 })).toBe(0)
})
