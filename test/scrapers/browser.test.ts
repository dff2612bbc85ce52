import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { processesOf } from '../support/processes.ts'
import { attempt, rowsOf } from './attempt.ts'
import { placeOf, truthOf, usePortals } from './portals.ts'
import { HOST, serve } from './site.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const REASON = 'no Chromium is installed'
const options = { timeout: 90_000 }

const portals = usePortals()
let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zafra-browser-'))))

/** Profiles of browsers in TMPDIR. */
function profiles(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('playwright'))
}

function given(env: { SCRAPER_HOST_MAP: string }) {
  return {
    ...env,
    PATH: process.env['PATH'],
    HOME: folder,
    TMPDIR: folder,
    SCRAPER_BROWSER: '1',
    ZAFRA_CHROMIUM: CHROMIUM,
    SCRAPER_USER_AGENT: 'Prueba/1 (+mailto:quien@example.org)',
    SCRAPER_OUTPUT_FILE: join(folder, 'out.csv'),
    SCRAPER_INPUT_URL: `https://${HOST}/casas/venta-casas-zapopan`,
  }
}

/** Listings that only a script writes into the page. */
const SCRIPTED = `<!doctype html><meta charset="utf-8"><h1>2 casas en venta</h1><main></main>
  <img src="/pixel.png"><iframe src="/frame"></iframe>
  <script src="/cards.js"></script>
  <script>fetch('/api/secret').catch(() => {}); fetch('http://tracker.example/beat').catch(() => {});
  new WebSocket('ws://' + location.host + '/live')</script><p id="ways"></p>
  <script>try { new Worker(URL.createObjectURL(new Blob(['fetch("http://${HOST}/worker")']))) } catch {}
  document.querySelector('#ways').textContent =
    ['Worker', 'SharedWorker', 'RTCPeerConnection', 'WebTransport'].filter((name) => name in window) + '.'</script>`
const CARDS = `for (const id of [1, 2]) document.querySelector('main').innerHTML +=
  '<article class="listing-card" data-listingid="' + id + '" data-price="1000" data-currency="MXN" data-clickdestination="' +
  btoa('/adform/' + id) + '"><h2>Casa en el Peñón ' + id + '</h2></article>'`

test(
  'a page is what its scripts made of it, and robots.txt holds for them too',
  options,
  async ({ skip }) => {
    skip(!CHROMIUM, REASON)
    const { asked, env } = await serve(({ path }, response) => {
      if (path === '/robots.txt') return void response.end('User-agent: *\nDisallow: /api/')
      if (path === '/cards.js') return void response.setHeader('content-type', 'text/javascript').end(CARDS)
      response.setHeader('content-type', 'text/html').end(SCRIPTED)
    })
    const recording = join(folder, 'recording')
    const result = await attempt('mit', { ...given(env), SCRAPER_RECORD_DIR: recording })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect(profiles()).toEqual([])
    expect(rowsOf(join(folder, 'out.csv'))).toMatchObject([
      { id: '1', nombre: 'Casa en el Peñón 1', url: `https://${HOST}/adform/1` },
      { id: '2', nombre: 'Casa en el Peñón 2', url: `https://${HOST}/adform/2` },
    ])
    expect(asked.map(({ path }) => path)).toEqual(['/robots.txt', '/casas/venta-casas-zapopan', '/cards.js'])
    expect(readFileSync(join(recording, '001.html'), 'utf8')).toContain('<p id="ways">.</p>')
    for (const { host, headers } of asked) {
      expect([host, headers['user-agent']]).toEqual([HOST, 'Prueba/1 (+mailto:quien@example.org)'])
    }
    const [rows, times] = [rowsOf(join(folder, 'out.csv')), asked.length]
    const replayed = await attempt('mit', {
      ...given(env),
      SCRAPER_REPLAY_DIR: recording,
      ZAFRA_CHROMIUM: '/bin/false',
    })
    expect(replayed.messages.find(({ type }) => type === 'page')).toMatchObject({ strategy: 'cards' })
    expect([rowsOf(join(folder, 'out.csv')), asked.length]).toEqual([rows, times])
  },
)

test(
  'an undeclared charset is known, and a redirect is not followed past robots.txt',
  options,
  async ({ skip }) => {
    skip(!CHROMIUM, REASON)
    const item = { url: `https://${HOST}/detalle/1`, name: 'Peñón', offers: { price: 5 } }
    const itemListElement = Array.from({ length: 30 }, (_, index) => ({
      item: { ...item, url: item.url + index },
    }))
    const data = {
      '@graph': [{ '@type': 'SearchResultsPage', mainEntity: [{ '@type': 'ItemList', itemListElement }] }],
    }
    const { asked, env } = await serve(({ path }, response) => {
      if (path === '/lista/?page=2') return void response.writeHead(301, { location: '/prohibido' }).end()
      response.setHeader('content-type', 'text/html')
      if (path === '/robots.txt') return void response.end('User-agent: *\nDisallow: /prohibido')
      response.end(`<script type="application/ld+json">${JSON.stringify(data)}</script>`)
    })
    const result = await attempt('lam', { ...given(env), SCRAPER_INPUT_URL: `https://${HOST}/lista/` })
    expect(result.status).toBe(78)
    expect(result.last('error')).toMatchObject({
      class: 'config',
      message: expect.stringContaining('robots.txt'),
    })
    expect(asked.map(({ path }) => path)).toEqual(['/robots.txt', '/lista/', '/lista/?page=2'])
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain('Peñón')
  },
)

test(
  'embedded state is read as the server sent it, for scripts remove it, and recorded beside the page',
  options,
  async ({ skip }) => {
    skip(!CHROMIUM, REASON)
    const results = { properties: [{ id: 7, url_property: '/casa-7', colony: 'Peñón' }], totalItems: 1 }
    const data = JSON.stringify({ props: { pageProps: { results } } })
    const page = `<!doctype html><script id="__NEXT_DATA__" type="application/json">${data}</script><p>Zuñiga</p>
      <script>document.querySelector('#__NEXT_DATA__').remove()</script>`
    const { env } = await serve(({ path }, response) => {
      if (path === '/robots.txt') return
      response.writeHead(203, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      response.end(gzipSync(Buffer.from(page, 'latin1')))
    })
    const recording = join(folder, 'recording')
    const result = await attempt('prop', { ...given(env), SCRAPER_RECORD_DIR: recording })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    const rows = [{ id: '7', colonia: 'Peñón' }]
    expect(rowsOf(join(folder, 'out.csv'))).toMatchObject(rows)
    expect(readFileSync(join(recording, '001.html'), 'utf8')).toContain('Zuñiga')
    expect(readFileSync(join(recording, '001.html'), 'utf8')).not.toContain('__NEXT_DATA__"')
    expect(readFileSync(join(recording, '001.source.html'), 'utf8')).toBe(page)
    const replay = { ...given(env), SCRAPER_REPLAY_DIR: recording }
    expect(await attempt('prop', replay)).toMatchObject({ status: 0, stderr: '' })
    expect(rowsOf(join(folder, 'out.csv'))).toMatchObject(rows)
  },
)

test('a portal of the demo tells a browser the same', options, async ({ skip }) => {
  skip(!CHROMIUM, REASON)
  const { list, listings } = truthOf(placeOf('Mit', 'Departamentos', 'guadalajara'))
  const { SCRAPER_HOST_MAP, SCRAPER_INPUT_URL } = portals.given('browser', list)
  const result = await attempt('mit', { ...given({ SCRAPER_HOST_MAP }), SCRAPER_INPUT_URL })
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(rowsOf(join(folder, 'out.csv'))).toMatchObject(
    listings.map(({ id, price, title }) => ({ id, precio: String(price), nombre: title })),
  )
})

test('a wall is blocked, in a browser too', options, async ({ skip }) => {
  skip(!CHROMIUM, REASON)
  const { env } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(403, { 'content-type': 'text/html' }).end('Access Denied')
  })
  const result = await attempt('mit', given(env))
  expect(result.status).toBe(77)
  expect(result.last('error')).toMatchObject({ class: 'blocked', http: 403 })
})

test.for(['SIGTERM', 'SIGKILL'] as const)('%s leaves no browser', options, async (signal, { skip }) => {
  skip(!CHROMIUM, REASON)
  const { asked, env } = await serve(({ path }, response) => {
    // The second page never comes.
    if (path === '/robots.txt' || path.includes('page=2')) return
    const card = (id: number) => `<article class="listing-card" data-listingid="${id}"></article>`
    response.setHeader('content-type', 'text/html')
    response.end(Array.from({ length: 25 }, (_, index) => card(index)).join(''))
  })
  let running = 0
  const stopped = await attempt('mit', { ...given(env), SCRAPER_BASE_DIR: folder }, (message, kill) => {
    if (message.type !== 'progress') return
    running = processesOf(folder).length
    kill(signal)
  })
  expect(asked.length).toBeGreaterThan(1)
  expect(running).toBeGreaterThan(2)
  expect(stopped).toMatchObject(signal === 'SIGTERM' ? { status: 143 } : { signal })
  await expect.poll(() => processesOf(folder), { timeout: 20_000 }).toEqual([])
  // After SIGKILL the engine removes TMPDIR.
  expect(signal === 'SIGKILL' ? [] : profiles()).toEqual([])
})

test('without a browser it is a matter of configuration', async () => {
  const { env } = await serve(() => {})
  const result = await attempt('mit', { ...given(env), ZAFRA_CHROMIUM: undefined })
  expect(result.status).toBe(78)
  expect(result.last('error')).toMatchObject({ message: expect.stringContaining('ZAFRA_CHROMIUM') })
  const broken = await attempt('mit', { ...given(env), ZAFRA_CHROMIUM: '/bin/false' })
  expect(broken.last('error')).toMatchObject({
    class: 'config',
    message: expect.stringContaining('/bin/false'),
  })
})
