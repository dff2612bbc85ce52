import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt, rowsOf } from './attempt.ts'
import { HOST, serve } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'zafra-gone-'))
let runs = 0

/** What a detail scraper makes of one address; `answers` by path: a body, a status, or where it redirects. */
async function read(scraper: string, path: string, answers: Readonly<Record<string, string | number>>) {
  const { env } = await serve((asked, response) => {
    const answer = answers[asked.path]
    if (typeof answer === 'number') response.writeHead(answer).end()
    else if (answer?.startsWith('/')) response.writeHead(302, { location: answer }).end()
    else if (answer !== undefined) response.end(answer)
  })
  runs += 1
  const output = join(folder, `${runs}.csv`)
  writeFileSync(`${output}.list`, `url\nhttps://${HOST}${path}\n`)
  const given = { ...env, SCRAPER_OUTPUT_FILE: output, SCRAPER_URL_LIST_FILE: `${output}.list` }
  const result = await attempt(scraper, given)
  return { rows: rowsOf(output), vanished: result.metric('vanished'), error: result.last('error')?.['class'] }
}

const INM24 = `<h1 class="title-property">Casa</h1><script>const avisoInfo = { 'idAviso': '57986160' }</script>`
const LAM = '<h1>Casa</h1><div class="price">MN 1,000,000</div>'
const LIST = '<title>4,849 Casas en venta</title><div data-qa="posting PROPERTY" data-id="7"></div>'
const DETAIL = '/propiedades/clasificado/veclcain-casa-57986160.html'

test.for([
  ['inm24_det', DETAIL, INM24],
  ['inm24_det', '/propiedades/desarrollo/ememvein-torre-57986160.html', INM24],
  ['inm24_det', '/otra/forma/57986160', INM24],
  ['lam_det', '/detalle/41032-73-abc', LAM],
  ['lam_det', '/desarrollo/41032-73-abc', LAM],
  ['lam_det', '/otra-forma/41032-73-abc', LAM],
] as const)('%s reads %s, of whatever form it is', async ([scraper, path, page]) => {
  const { rows, vanished } = await read(scraper, path, { [path]: page })
  expect(rows).toMatchObject([{ url: `https://${HOST}${path}`, nombre: 'Casa' }])
  expect(vanished).toBeUndefined()
})

test.for([
  ['inm24_det', DETAIL, '/', LIST],
  ['inm24_det', DETAIL, '/casas-en-venta-en-zapopan.html', LIST],
  ['inm24_det', DETAIL, '/departamentos-en-renta.html', LIST],
  ['inm24_det', DETAIL, '/propiedades/clasificado/veclcain-otra-60000001.html', INM24],
  ['lam_det', '/detalle/41032-73-abc', '/', LAM],
  ['lam_det', '/detalle/41032-73-abc', '/jalisco/zapopan/casa/for-sale/', LAM],
] as const)('%s: what redirects from %s to %s is gone', async ([scraper, path, led, page]) => {
  expect(await read(scraper, path, { [path]: led, [led]: page })).toEqual({
    rows: [],
    vanished: 1,
    error: undefined,
  })
})

test.for([
  ['another name of the same listing', '/propiedades/clasificado/veclcain-casa-bonita-57986160.html', INM24],
  ['the listing as a development', '/propiedades/desarrollo/ememvein-casa-57986160.html', INM24],
])('a redirect to %s is followed', async ([, led = '', page = '']) => {
  const { rows, vanished } = await read('inm24_det', DETAIL, { [DETAIL]: led, [led]: page })
  expect(rows).toMatchObject([{ id: '57986160' }])
  expect(vanished).toBeUndefined()
})

test('a redirect to anything else, and a wall wherever, is not a listing that is gone', async () => {
  const wall = '<title>Just a moment...</title>'
  const read1 = (led: string, page: string) => read('inm24_det', DETAIL, { [DETAIL]: led, [led]: page })
  expect(await read1('/iniciar-sesion', '<h1>Inicia sesión</h1>')).toMatchObject({ error: 'layout_changed' })
  expect(await read1('/', wall)).toMatchObject({ error: 'blocked', vanished: undefined })
})

test('addresses that are gone are noted beside the output, with the answer and the time', async () => {
  const { env } = await serve((asked, response) => {
    if (asked.path.endsWith('1.html')) response.writeHead(410).end()
    else if (asked.path.endsWith('2.html')) response.end('<h1>Este aviso ya no está disponible</h1>')
    else response.end(INM24)
  })
  const output = join(folder, 'noted.csv')
  const urls = [1, 2, 3].map(
    (id) => `https://${HOST}/propiedades/clasificado/veclcain-casa-5798616${id}.html`,
  )
  writeFileSync(`${output}.list`, ['url', ...urls, ''].join('\n'))
  const given = { ...env, SCRAPER_OUTPUT_FILE: `${output}.partial`, SCRAPER_URL_LIST_FILE: `${output}.list` }
  for (let run = 0; run < 2; run += 1) {
    await attempt('inm24_det', given)
    const noted = rowsOf(join(folder, 'noted.gone.csv'))
    expect(noted.map(({ url, status }) => [url, status])).toEqual([
      [urls[0], '410'],
      [urls[1], '0'],
    ])
    expect(noted[0]?.['at']).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/)
  }
})

test.for([
  [404, 1],
  [410, 1],
  ['<h1>Este aviso ya no está disponible</h1><h2>Mira otras propiedades</h2>', 1],
  ['<h1>La propiedad que buscas fue dada de baja</h1>', 1],
  [INM24.replace('Casa', 'Casa disponible'), undefined],
] as const)('answered with %s: %s gone', async ([answer, gone]) => {
  expect(await read('inm24_det', DETAIL, { [DETAIL]: answer })).toMatchObject({ vanished: gone })
})
