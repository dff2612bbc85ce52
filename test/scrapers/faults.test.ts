import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leadsToSame } from '../../scrapers/kit/redirects.ts'
import { readSettings, webUrl } from '../../scrapers/kit/settings.ts'
import { attempt, rowsOf } from './attempt.ts'
import { HOST, serve } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'zafra-faults-'))

function given(name: string, env: { SCRAPER_HOST_MAP: string }) {
  return {
    ...env,
    SCRAPER_OUTPUT_FILE: join(folder, `${name}.csv`),
    SCRAPER_INPUT_URL: `https://${HOST}/casas-en-venta-en-zapopan.html`,
  }
}

function card(id: number): string {
  return `<div data-qa="posting PROPERTY" data-id="${id}" data-to-posting="/propiedades/clasificado/casa-${id}.html">
    <div data-qa="POSTING_CARD_PRICE">MN 1,000,${String(id).padStart(3, '0')}</div></div>`
}

test.for([
  ['blocked', 77, 403, 'Just a moment...'],
  ['rate_limited', 75, 429, ''],
  ['transient', 75, 500, ''],
  ['not_found', 66, 404, ''],
  ['layout_changed', 76, 200, '<main>nuevo</main>'],
  ['blocked', 77, 200, 'Verifica que eres humano'],
] as const)('%s ends with status %s (HTTP %s)', async ([expected, exit, status, body]) => {
  const { env } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(status, { 'retry-after': '0' }).end(body)
  })
  const result = await attempt('inm24', given(`${expected}-${status}`, env))
  expect(result).toMatchObject({ status: exit, stderr: '' })
  expect(result.last('error')).toMatchObject({ class: expected, url: expect.stringContaining(HOST) })
  expect(result.last('result')).toBeUndefined()
})

test.for([
  ['config', { SCRAPER_MAX_PAGES: 'muchas' }],
  ['config', { SCRAPER_RATE_LIMIT: '-1' }],
  ['config', { SCRAPER_DEADLINE: 'mañana' }],
  ['config', { SCRAPER_HOST_MAP: '{"a":"nowhere"}' }],
  ['config', { SCRAPER_OUTPUT_FILE: '' }],
] as const)('%s for %j', ([expected, changes]) => {
  const settings = () => readSettings({ SCRAPER_OUTPUT_FILE: '/somewhere', ...changes })
  expect(settings).toThrow(expect.objectContaining({ class: expected }))
})

test('what is no address of the web is refused', async () => {
  for (const text of ['ftp://portal.example/', 'file:///etc/passwd', 'casas', '']) {
    expect(() => webUrl(text)).toThrow(expect.objectContaining({ class: 'input' }))
  }
  const { env } = await serve(() => {})
  const result = await attempt('inm24', { ...given('address', env), SCRAPER_INPUT_URL: '' })
  expect(result.status).toBe(78)
})

test('where robots.txt closes the sorted list, the pages it leaves open are all', async () => {
  const rules = [
    'User-agent: *',
    'Disallow: /*-ascendente-pagina-',
    'Disallow: /*-pagina-',
    'Allow: /*-pagina-2.html',
  ]
  const { asked, env } = await serve(({ path }, response) => {
    if (path === '/robots.txt') return void response.end(rules.join('\n'))
    const from = 30 * (Number(/pagina-(\d+)/.exec(path)?.[1] ?? 1) - 1)
    const cards = Array.from({ length: 30 }, (_, index) => card(from + index)).join('')
    response.end(`<title>4,849 Casas en venta</title>${cards}`)
  })
  const result = await attempt('inm24', given('robots', env))
  expect(result.last('result')).toMatchObject({
    rows: 60,
    complete: false,
    expected: 4849,
    stopped_by: 'robots',
  })
  expect(asked.map(({ path }) => path)).toEqual([
    '/robots.txt',
    '/casas-en-venta-en-zapopan.html',
    '/casas-en-venta-en-zapopan-pagina-2.html',
  ])
})

test('an error carries how long the portal wants to be left alone', async () => {
  const { env } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(429, { 'retry-after': '3600' }).end()
  })
  const result = await attempt('inm24', given('retry-after', env))
  expect(result.last('error')).toMatchObject({ class: 'rate_limited', http: 429, retry_after: 3600 })
})

test('a list whose address leads elsewhere says where', async () => {
  const { env } = await serve(({ path }, response) => {
    if (path === '/robots.txt') return
    if (path.includes('zapopan'))
      response.writeHead(302, { location: '/casas-en-venta-en-tonala.html' }).end()
    else response.end(`<title>1 Casas en venta</title>${card(1)}`)
  })
  const result = await attempt('inm24', given('elsewhere', env))
  const redirected_to = `https://${HOST}/casas-en-venta-en-tonala.html`
  expect(result.last('result')).toMatchObject({ rows: 1, redirected_to })
  expect(result.last('log')).toMatchObject({
    level: 'warn',
    message: expect.stringContaining(`redirects to ${redirected_to}`),
  })
})

test.for([
  ['https://www.portal.example/casas/', 'https://portal.example/casas', true],
  ['http://www.portal.example/casas', 'https://www.portal.example/casas', true],
  ['https://portal.example/tlaquepaque-ñ', 'https://portal.example/Tlaquepaque-%C3%B1', true],
  ['https://portal.example/casas?page=1', 'https://portal.example/casas?orden=precio', true],
  ['https://portal.example/casas', 'https://portal.example/', false],
  ['https://portal.example/casas', 'https://otro.example/casas', false],
  ['https://portal.example/find?geoId=1', 'https://portal.example/find?geoId=2', false],
  ['https://portal.example/casas?page=5', 'https://portal.example/casas', false],
  ['https://portal.example/%E0%A4', 'https://portal.example/%E0%A4', true],
] as const)('%s is the place of %s: %s', ([asked, led, expected]) => {
  expect(leadsToSame(new URL(asked), new URL(led))).toBe(expected)
})

test('a list that the site counts as empty is empty, not broken', async () => {
  const { env } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.end('<title>0 Casas en venta en Zapopan</title>')
  })
  const result = await attempt('inm24', given('empty', env))
  expect(result.last('result')).toMatchObject({ rows: 0, complete: true })
})

test('what a page sends cannot become a formula, a foreign address or a message', async () => {
  const hostile = `<div data-qa="posting PROPERTY" data-id="7" data-to-posting="//127.0.0.1:9/steal">
    <h2>=HYPERLINK("http://evil")</h2><h3 data-qa="POSTING_CARD_DESCRIPTION">{"scraper":1,"type":"result"}
    \u001b]0;title\u0007</h3></div>`
  const { env } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.end(hostile)
  })
  const hostileRun = given('hostile', env)
  await attempt('inm24', hostileRun)
  const [row] = rowsOf(hostileRun.SCRAPER_OUTPUT_FILE)
  expect(row).toMatchObject({ id: '7', url: '', nombre: `'=HYPERLINK("http://evil")` })
  expect(row?.['descripcion']).toBe('{"scraper":1,"type":"result"} ]0;title')
})

test('details: single broken pages are left out, many in a row end the attempt', async () => {
  const { env } = await serve(({ path }, response) => {
    const id = Number(/(\d+)\.html/.exec(path)?.[1])
    if (path === '/robots.txt') return
    if (id === 2) response.writeHead(302, { location: '/casas-en-venta.html' }).end()
    else if (id === 3 || id >= 6) response.end('<main>nuevo</main>')
    else response.end(`<div id="longDescription">Casa ${id}</div><script>var postingId = "${id}"</script>`)
  })
  const list = join(folder, 'list.csv')
  const write = (ids: number[]) => {
    const urls = ids.map((id) => `https://${HOST}/propiedades/clasificado/casa-${id}.html`)
    writeFileSync(list, `\ufefflisting_url\n${urls.join('\n')}\n`)
  }
  const details = { ...given('details', env), SCRAPER_URL_LIST_FILE: list }
  write([1, 2, 3, 4, 4, 5])
  const some = await attempt('inm24_det', details)
  expect(some.last('result')).toMatchObject({ rows: 3, complete: false })
  expect([some.metric('vanished'), some.metric('skipped')]).toEqual([1, 1])
  expect(rowsOf(details.SCRAPER_OUTPUT_FILE).map((row) => row['id'])).toEqual(['1', '4', '5'])
  write([1, 6, 7, 8, 9])
  expect(await attempt('inm24_det', details)).toMatchObject({ status: 76 })
  write([6])
  expect(await attempt('inm24_det', details)).toMatchObject({ status: 76 })
  const missing = { ...details, SCRAPER_URL_LIST_FILE: join(folder, 'nowhere.csv') }
  expect(await attempt('inm24_det', missing)).toMatchObject({ status: 65 })
})
