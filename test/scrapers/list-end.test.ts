import { mkdtempSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt, rowsOf } from './attempt.ts'
import { HOST, serve } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'zafra-list-end-'))
const LIST = '/zapopan/casas-venta'

/** A page of Prop: 47 listings of `total` a page. */
function page(number: number, total: number | undefined, shown = 47): string {
  const properties = Array.from({ length: shown }, (_, index) => ({ id: number * 100 + index }))
  const results = { properties, totalItems: total }
  const data = JSON.stringify({ props: { pageProps: { results } } })
  return `<script id="__NEXT_DATA__" type="application/json">${data}</script>`
}

type Answer = (number: number, response: ServerResponse, before: number) => void

async function harvest(name: string, answer: Answer) {
  const { asked, env } = await serve(({ path }, response, before) => {
    if (path !== '/robots.txt') answer(Number(/pagina=(\d+)/.exec(path)?.[1] ?? 1), response, before)
  })
  const output = join(folder, `${name}.csv`)
  const given = {
    ...env,
    SCRAPER_OUTPUT_FILE: output,
    SCRAPER_STATE_FILE: `${output}.state`,
    SCRAPER_INPUT_URL: `https://${HOST}${LIST}`,
  }
  const result = await attempt('prop', given)
  return { asked: asked.map(({ path }) => path), result, rows: rowsOf(output), given }
}

test('a page without listings in the middle is asked for once more', async () => {
  const { asked, result } = await harvest('once', (number, response, before) => {
    response.end(number === 2 && before === 0 ? page(2, 141, 0) : page(number, 141, number > 3 ? 0 : 47))
  })
  expect(result.last('result')).toMatchObject({ rows: 141, complete: true, expected: 141 })
  expect(asked.filter((path) => path.includes('pagina=2'))).toHaveLength(2)
})

test('one that stays without listings makes no list complete', async () => {
  const { result } = await harvest('always', (number, response) => {
    response.end(page(number, number === 2 ? 0 : 141, number === 2 ? 0 : 47))
  })
  expect(result).toMatchObject({ status: 0 })
  expect(result.last('result')).toMatchObject({ rows: 47, complete: false, expected: 141 })
})

test.for([
  [
    'a wall',
    77,
    'blocked',
    readFileSync(new URL('../fixtures/portals/lam-page2-wall.html', import.meta.url)),
  ],
  ['a new layout', 76, 'layout_changed', '<main id="app"></main>'],
  ['an empty body', 75, 'transient', ''],
] as const)(
  '%s after a full page is no end, whatever is known of the total',
  async ([, status, cause, body]) => {
    let mended = false
    const { result, given } = await harvest(cause, (number, response) => {
      response.end(number === 2 && !mended ? body : page(number, undefined, number > 2 ? 3 : 47))
    })
    expect(result).toMatchObject({ status })
    expect(result.last('error')).toMatchObject({ class: cause, url: expect.stringContaining('pagina=2') })
    expect(rowsOf(given.SCRAPER_OUTPUT_FILE)).toHaveLength(47)
    mended = true
    const { last } = await attempt('prop', given)
    expect(last('result')).toMatchObject({ rows: 97, complete: true })
  },
)

test('a refused page, while the first one is open, is the cap of the portal', async () => {
  const { asked, result } = await harvest('cap', (number, response) => {
    if (number > 2) response.writeHead(403).end('<h1>Access denied</h1>')
    else response.end(page(number, 4849))
  })
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(result.last('result')).toMatchObject({
    rows: 94,
    complete: false,
    expected: 4849,
    stopped_by: 'cap',
    cap: 94,
  })
  expect(asked).toEqual(['/robots.txt', LIST, `${LIST}?pagina=2`, `${LIST}?pagina=3`, LIST])
})

test('where the first page is refused too, the site is blocked', async () => {
  const { result, rows } = await harvest('walled', (number, response, before) => {
    if (number > 1 || before > 0) response.writeHead(403).end()
    else response.end(page(number, 4849))
  })
  expect(result).toMatchObject({ status: 77 })
  expect(rows).toHaveLength(47)
})

test.for([
  ['to the first page', LIST, 94, true, undefined],
  ['to another list', '/tonala/casas-venta', 94, false, `https://${HOST}/tonala/casas-venta`],
  ['to the home page', '/', undefined, false, `https://${HOST}/`],
] as const)('a page that redirects %s', async ([, location, total, complete, redirected_to]) => {
  const { result, rows } = await harvest(`redirect-${location.length}`, (number, response) => {
    if (number === 3) response.writeHead(302, { location }).end()
    else response.end(page(number, total === 94 && !complete ? 900 : total))
  })
  expect(rows).toHaveLength(94)
  expect(result.last('result')).toMatchObject({ rows: 94, complete })
  expect(result.last('result')?.['redirected_to']).toBe(redirected_to)
})

test('a list that is another one now is read page by page, and says so', async () => {
  const { env, asked } = await serve(({ path }, response) => {
    if (path === '/robots.txt') return
    const number = Number(/pagina=(\d+)/.exec(path)?.[1] ?? 1)
    if (path.startsWith(LIST)) response.writeHead(301, { location: path.replace('zapopan', 'tonala') }).end()
    else response.end(page(number, 60, number === 2 ? 13 : 47))
  })
  const given = {
    ...env,
    SCRAPER_OUTPUT_FILE: join(folder, 'moved.csv'),
    SCRAPER_INPUT_URL: `https://${HOST}${LIST}`,
  }
  const { last } = await attempt('prop', given)
  const redirected_to = `https://${HOST}/tonala/casas-venta`
  expect(last('result')).toMatchObject({ rows: 60, complete: true, redirected_to })
  expect(asked).toHaveLength(5)
})

test('robots.txt that forbids the first page is named with its rule', async () => {
  const { env } = await serve(({ path }, response) => {
    if (path === '/robots.txt') response.end('User-agent: *\nDisallow: /*venta$\nDisallow: /*venta?')
  })
  const given = {
    ...env,
    SCRAPER_OUTPUT_FILE: join(folder, 'rule.csv'),
    SCRAPER_INPUT_URL: `https://${HOST}${LIST}`,
  }
  const result = await attempt('prop', given)
  expect(result.status).toBe(78)
  expect(result.last('error')).toMatchObject({
    class: 'config',
    message: expect.stringContaining('/*venta$'),
  })
})

test('a page that is not there ends a list of which the portal counts no more', async () => {
  const { asked, result } = await harvest('gone', (number, response) => {
    if (number > 2) response.statusCode = 404
    response.end(number > 2 ? '' : page(number, 94))
  })
  expect(result.last('result')).toMatchObject({ rows: 94, complete: true })
  expect(asked.filter((path) => path.includes('pagina=3'))).toHaveLength(1)
})

test('one that stays away although the portal counts more is its cap', async () => {
  const { asked, result } = await harvest('capped', (number, response) => {
    if (number > 2) response.statusCode = 404
    response.end(number > 2 ? '' : page(number, 141))
  })
  const facts = { rows: 94, complete: false, stopped_by: 'cap', cap: 94, expected: 141 }
  expect(result).toMatchObject({ status: 0 })
  expect(result.last('result')).toMatchObject(facts)
  expect(asked.filter((path) => path.includes('pagina=3'))).toHaveLength(2)
})

test('one that is only missing for a moment ends nothing', async () => {
  const { result } = await harvest('back', (number, response, before) => {
    if (number > 3 || (number === 2 && before === 0)) response.statusCode = 404
    response.end(response.statusCode === 404 ? '' : page(number, 141))
  })
  expect(result.last('result')).toMatchObject({ rows: 141, complete: true })
})
