import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Client } from '../../scrapers/kit/client.ts'
import { retryAfter } from '../../scrapers/kit/pace.ts'
import { Report } from '../../scrapers/kit/report.ts'
import { readSettings, type Settings } from '../../scrapers/kit/settings.ts'
import { HOST, serve } from './site.ts'

const PAGE = new URL(`https://${HOST}/casas?page=1`)

function client(changes: Partial<Settings>): Client {
  const settings = readSettings({
    SCRAPER_OUTPUT_FILE: '/nowhere',
    SCRAPER_ALLOW_PRIVATE: '1',
    SCRAPER_RATE_LIMIT: '0',
  })
  return new Client({ ...settings, ...changes }, new Report(() => {}))
}

test('a page is asked for under its own name, with ours', async () => {
  const { asked, hostMap } = await serve((_, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('<p>Peñón</p>'))
  })
  const page = await client({ hostMap, userAgent: 'Prueba/1 (+mailto:quien@example.org)' }).page(PAGE)
  expect(page).toMatchObject({ url: PAGE, html: '<p>Peñón</p>' })
  expect(asked.map(({ host, path }) => [host, path])).toEqual([
    [HOST, '/robots.txt'],
    [HOST, '/casas?page=1'],
  ])
  expect(asked[1]?.headers['user-agent']).toBe('Prueba/1 (+mailto:quien@example.org)')
})

test('requests keep their distance, and a larger Crawl-delay counts more', async () => {
  const { asked, hostMap } = await serve(({ path }, response) => {
    response.end(path === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 0.3' : 'page')
  })
  const polite = client({ hostMap, rateLimit: 0.1 })
  await polite.page(PAGE)
  await polite.page(PAGE)
  const [robots, first, second] = asked.map(({ at }) => at) as [number, number, number]
  expect(first - robots).toBeGreaterThan(90)
  expect(second - first).toBeGreaterThan(290)
})

test('429 is waited out as long as Retry-After says', async () => {
  const { asked, hostMap } = await serve(({ path }, response, before) => {
    if (path !== '/robots.txt' && before === 0) response.writeHead(429, { 'retry-after': '1' }).end()
    else response.end('page')
  })
  await client({ hostMap }).page(PAGE)
  const [, first, second] = asked.map(({ at }) => at) as [number, number, number]
  expect(second - first).toBeGreaterThan(990)
})

test.for([
  [429, { 'retry-after': '3600' }, '', 'rate_limited', 1],
  [403, {}, '', 'blocked', 1],
  [503, {}, '<title>Just a moment...</title>', 'blocked', 1],
  [503, {}, '<h1>Acceso denegado</h1><p>Actividad inusual</p>', 'blocked', 1],
  [202, { 'x-amzn-waf-action': 'challenge' }, '', 'blocked', 1],
  [202, {}, '<script>window.gokuProps = {}</script>', 'blocked', 1],
  [405, {}, '<h1>Human Verification</h1><p>Confirma que eres humano</p>', 'blocked', 1],
  [405, { 'x-datadome': 'protected' }, '', 'blocked', 1],
  [429, {}, '<div id="px-captcha"></div>', 'blocked', 1],
  [429, { 'retry-after': '3600' }, '<h1>Too Many Requests</h1>', 'rate_limited', 1],
  [429, { 'retry-after': '0' }, '', 'rate_limited', 4],
  [503, { 'retry-after': '3600' }, 'maintenance', 'rate_limited', 1],
  [407, {}, '', 'config', 1],
  [204, { 'retry-after': '0' }, '', 'transient', 3],
  [206, { 'retry-after': '0' }, 'half', 'transient', 3],
  [200, { 'retry-after': '0' }, '', 'transient', 3],
  [203, { 'retry-after': '0' }, '  \n', 'transient', 3],
  [200, { 'cf-mitigated': 'challenge' }, '', 'blocked', 1],
  [404, {}, '', 'not_found', 1],
  [410, {}, '', 'not_found', 1],
  [500, { 'retry-after': '0' }, '', 'transient', 3],
  [503, { 'retry-after': '0' }, 'maintenance', 'transient', 3],
  [400, {}, '', 'input', 1],
] as const)('HTTP %s (%j, %j) is %s after %s tries', async ([status, headers, body, expected, tries]) => {
  const { asked, hostMap } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(status, headers).end(body)
  })
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({ class: expected, http: status })
  expect(asked.filter(({ path }) => path !== '/robots.txt')).toHaveLength(tries)
})

const TEXT = '<p>Peñón</p>'

test.for([
  ['gzip', gzipSync(TEXT)],
  ['x-gzip', gzipSync(TEXT)],
  ['GZIP', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['deflate', deflateRawSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['zstd', zstdCompressSync(TEXT)],
  ['identity', Buffer.from(TEXT)],
  ['gzip', Buffer.from(TEXT)],
  ['gzip, gzip', gzipSync(gzipSync(TEXT))],
  ['gzip', gzipSync(gzipSync(TEXT))],
  [undefined, gzipSync(TEXT)],
  ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
  ['deflate, identity, x-gzip', gzipSync(deflateRawSync(TEXT))],
  [undefined, Buffer.from(TEXT, 'latin1')],
] as const)('a body encoded as %s is read', async ([encoding, body]) => {
  const { hostMap } = await serve((_, response) => {
    if (encoding) response.setHeader('content-encoding', encoding)
    response.writeHead(203).end(body)
  })
  expect((await client({ hostMap }).page(PAGE)).html).toBe(TEXT)
})

test.for([
  ['an unknown coding', 'input', { 'content-encoding': 'dcb' }, Buffer.from(TEXT), /"dcb"/],
  ['gzip cut short', 'transient', { 'content-encoding': 'gzip' }, gzipSync(TEXT).subarray(0, -12), /cut or/],
  ['brotli that is none', 'transient', { 'content-encoding': 'br' }, Buffer.from(TEXT), /cut or damaged/],
  ['a cut tag', 'transient', {}, Buffer.from('<main><div class="car'), /cut off/],
  ['a cut script', 'transient', {}, Buffer.from('<div></div><script>var a = "<p></p>'), /cut off/],
] as const)('%s is %s', async ([, expected, headers, body, message]) => {
  const { hostMap } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(200, headers).end(body)
  })
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({
    class: expected,
    message: expect.stringMatching(message),
  })
})

test('where nothing says how long a page is, one with open elements is cut off', async () => {
  const whole = '<html><body><div><p>a<p>b</div><p>c < d'
  const { asked, hostMap } = await serve(({ path }, response, before) => {
    if (path === '/robots.txt') return
    response.useChunkedEncodingByDefault = false
    response.writeHead(200, { 'content-type': 'text/html' })
    response.write(before > 0 ? whole : whole.slice(0, 22))
    response.end()
  })
  expect((await client({ hostMap }).page(PAGE)).html).toBe(whole)
  expect(asked).toHaveLength(3)
})

test('a cut body is asked for again', async () => {
  const { hostMap } = await serve(({ path }, response, before) => {
    if (path === '/robots.txt') return
    if (before > 0) return void response.end('whole')
    response.writeHead(200, { 'content-length': 100 })
    response.write('half', () => response.destroy())
  })
  expect((await client({ hostMap }).page(PAGE)).html).toBe('whole')
})

test('no answer before the deadline is a failure that the next attempt may mend', async () => {
  const { hostMap } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(200).write('a beginning, and never more')
  })
  const deadline = new Date(Date.now() + 300)
  await expect(client({ hostMap, deadline }).page(PAGE)).rejects.toMatchObject({ class: 'transient' })
})

test('a page without end is not read to its end', async () => {
  const { hostMap } = await serve(({ path }, response) => {
    if (path !== '/robots.txt')
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(20e6)))
  })
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({ class: 'input' })
})

test('redirects are followed by hand, each hop checked', async () => {
  const to: Record<string, string> = {
    '/good': '/better',
    '/loop': '/other',
    '/other': '/loop',
    '/closed': '/private/x',
    '/file': 'file:///etc/passwd',
  }
  const { asked, hostMap } = await serve(({ path }, response) => {
    const location = to[path]
    if (path === '/robots.txt') response.end('User-agent: *\nDisallow: /private/')
    else if (location) response.writeHead(302, { location }).end()
    else response.end(path)
  })
  const open = client({ hostMap })
  const at = (path: string) => new URL(path, PAGE)
  expect(await open.page(at('/good'))).toMatchObject({ url: at('/better'), html: '/better' })
  await expect(open.page(at('/loop'))).rejects.toMatchObject({ class: 'input' })
  await expect(open.page(at('/file'))).rejects.toMatchObject({ class: 'input' })
  await expect(open.page(at('/closed'))).rejects.toMatchObject({ class: 'config' })
  expect(asked.map(({ path }) => path)).not.toContain('/private/x')
})

test.for([
  ['to itself', (path: string) => path],
  ['by way of another address', (path: string) => (path === '/casas?page=1' ? '/cookie' : '/casas?page=1')],
  ['counting', (path: string) => `/casas?page=${Number(path.slice('/casas?page='.length)) + 1}`],
] as const)('a cookie wall (%s) is blocked, with a pointer to a browser', async ([, to]) => {
  const { asked, hostMap } = await serve(({ path }, response) => {
    if (path === '/robots.txt') return
    response.writeHead(302, { location: to(path), 'set-cookie': 'seen=1' }).end()
  })
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({
    class: 'blocked',
    message: expect.stringContaining('browser: true'),
  })
  expect(asked.length).toBeLessThan(8)
})

test('a redirect to the site of a guard is a wall', async () => {
  const { hostMap } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(302, { location: '/validateCaptcha?u=1' }).end()
  })
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({ class: 'blocked' })
})

test('a redirect to a private address is refused', async () => {
  const { asked, hostMap } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(302, { location: decodeURIComponent(path.slice(1)) }).end()
  })
  const careful = client({ hostMap, allowPrivate: false })
  const inward = [
    'http://127.0.0.1:9/',
    'http://[::1]:9/',
    'http://0x7f.1:9/',
    'http://169.254.169.254/',
    'http://localhost:9/',
  ]
  for (const address of inward) {
    const trap = new URL(encodeURIComponent(address), PAGE)
    await expect(careful.page(trap)).rejects.toMatchObject({
      class: 'config',
      message: expect.stringContaining('private address'),
    })
  }
  expect(asked.filter(({ path }) => path !== '/robots.txt')).toHaveLength(inward.length)
})

test('a private address needs permission', async () => {
  const { hostMap } = await serve((_, response) => void response.end('page'))
  const here = new URL(hostMap.get(HOST) ?? '')
  await expect(client({ allowPrivate: false }).page(here)).rejects.toMatchObject({ class: 'config' })
  expect((await client({ allowPrivate: true }).page(here)).html).toBe('page')
})

test.for([
  [200, 'User-agent: *\nDisallow: /casas', false],
  [200, 'User-agent: *\nDisallow: /\nAllow: /casas', true],
  [200, 'User-agent: zafra\nDisallow: /\n\nUser-agent: *\nAllow: /', false],
  [404, '', true],
  [403, '', true],
  [204, '', true],
  [200, '', true],
  [200, '<!doctype html><main id="app"></main>', true],
  [203, 'User-agent: *\nDisallow: /casas', false],
  [200, '\ufeffUser-agent: *\nDisallow: /casas', false],
] as const)('robots.txt %s %j allows: %s', async ([status, rules, expected]) => {
  const { hostMap } = await serve(({ path }, response) => {
    response.writeHead(path === '/robots.txt' ? status : 200).end(rules)
  })
  expect(await client({ hostMap }).allows(PAGE)).toBe(expected)
})

test('where robots.txt cannot be had, nothing is fetched', async () => {
  const { asked, hostMap } = await serve((_, response) =>
    response.writeHead(500, { 'retry-after': '0' }).end(),
  )
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({ class: 'transient' })
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/robots.txt']))
})

test('a page that robots.txt forbids names the rule', async () => {
  const { hostMap } = await serve(({ path }, response) => {
    if (path === '/robots.txt') response.end(gzipSync('User-agent: *\n# ours\nDisallow: /*page=1$'))
  })
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({
    class: 'config',
    message: expect.stringContaining('line 3 "Disallow: /*page=1$"'),
  })
})

test('a wall in the place of robots.txt allows nothing', async () => {
  const { asked, hostMap } = await serve((_, response) => {
    response.end('<title>Just a moment...</title><script>_cf_chl_opt = {}</script>')
  })
  await expect(client({ hostMap }).page(PAGE)).rejects.toMatchObject({ class: 'blocked' })
  expect(asked).toHaveLength(1)
})

test('a Crawl-delay that the deadline has no room for ends the attempt, which says how long to wait', async () => {
  const { asked, hostMap } = await serve(({ path }, response) => {
    response.end(path === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 90' : 'page')
  })
  const polite = client({ hostMap, deadline: new Date(Date.now() + 60_000) })
  await polite.page(PAGE)
  await expect(polite.page(PAGE)).rejects.toMatchObject({ class: 'transient', retryAfter: 90 })
  expect(asked).toHaveLength(2)
})

test.for([
  ['120', 120],
  ['1.5', 2],
  ['Sat, 28 Nov 2026 13:00:00 GMT', 3600],
  ['Sat, 28 Nov 2026 11:00:00 GMT', 0],
  ['99999999999999', 86_400],
  ['pronto', undefined],
] as const)('Retry-After %s is %s s', ([header, expected]) => {
  expect(retryAfter(header, new Date('2026-11-28T12:00:00Z'))).toBe(expected)
})

test('a Retry-After that the deadline has no room for is left to the engine', async () => {
  const { asked, hostMap } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(429, { 'retry-after': '20' }).end()
  })
  const deadline = new Date(Date.now() + 10_000)
  await expect(client({ hostMap, deadline }).page(PAGE)).rejects.toMatchObject({
    class: 'rate_limited',
    retryAfter: 20,
  })
  expect(asked).toHaveLength(2)
})
