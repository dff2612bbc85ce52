import { expect, test } from 'vitest'
import { readPages } from './real-pages.ts'

const HOST = 'https://casas.trovit.com.mx'
const LIST = `${HOST}/venta-casas-zapopan`
const detail = (id: number) =>
  encodeURIComponent(`${HOST}/detail/a${id}?trovit_type=2&search_terms=casas&id=${id}`)

const card = (id: number, inner = '') => `<article class="snippet-listing" data-id="a${id}">
  <a class="js-listing" title="Casa ${id} con jardín" href="https://rd.clk.thribee.com/v2?detailPageUrl=${detail(id)}&amp;pos=${id}"></a>
  <div class="price__actual">$ 4,500,000</div>
  <span class="address_property-type"><b>Casa</b> en Providencia, Zapopan, Jalisco</span>
  <div class="snippet-listing-content-header-icons"><ul><li><p>64 m²</p></li><li><p>3 recámaras</p></li>
    <li><p>2 baños</p></li></ul></div>
  <div class="snippet-listing-content-header-description"><p>Casa con <b>patio</b> y alberca</p></div>
  <small class="updated-date">hace 3 días</small>${inner}</article>`
const cards = (from: number) => Array.from({ length: 30 }, (_, index) => card(from + index)).join('')
const TITLE = '<title>61 casas en venta en Zapopan - Trovit</title><h1>Casas en venta en Zapopan</h1>'
const next = (number: number, path = '/search') =>
  `<a href="${path}?what_d=casas&amp;where_d=zapopan&amp;page=${number}">${number}</a>`

test('features, description and place of a card; the count of the title', async () => {
  const { rows, result } = await readPages('tro', LIST, { '/venta-casas-zapopan': TITLE + card(1) })
  expect(rows).toMatchObject([
    {
      id: 'a1',
      url: `${HOST}/detail/a1?id=1`,
      nombre: 'Casa 1 con jardín',
      descripcion: 'Casa con patio y alberca',
      tipo: 'casas',
      operacion: 'venta',
      precio: '4500000',
      moneda: 'MXN',
      habitaciones: '3',
      baños: '2',
      construccion: '64',
      ubicacion: 'Providencia, Zapopan, Jalisco',
      colonia: 'Providencia',
      municipio: 'Zapopan',
      fecha_publicacion: expect.stringMatching(/^20\d\d-/),
    },
  ])
  expect(result.last('result')).toMatchObject({ expected: 61, complete: false })
})

test("pages are found by the page's own links, and their rows are of the list", async () => {
  const second = '/search?what_d=casas&where_d=zapopan&page=2'
  const third = '/search?what_d=casas&where_d=zapopan&page=3'
  const { rows, asked, result } = await readPages('tro', LIST, {
    '/venta-casas-zapopan': TITLE + cards(1) + next(2) + next(3),
    [second]: TITLE + cards(31) + next(1) + next(3),
    [third]: TITLE + card(61),
  })
  expect(asked).toEqual(['/venta-casas-zapopan', second, third])
  expect(rows).toHaveLength(61)
  expect(rows.at(-1)).toMatchObject({ id: 'a61', tipo: 'casas', operacion: 'venta' })
  expect(result.last('result')).toMatchObject({ complete: true })
})

test.for([
  ['leads to another host', '', 'https://evil.example/search'],
  ['robots.txt closes', 'User-agent: *\nDisallow: /search\n', '/search'],
] as const)(
  'a link to the next page that %s gives way to the form of the address',
  async ([, robots, path]) => {
    const { asked, rows } = await readPages('tro', LIST, {
      ...(robots && { '/robots.txt': robots }),
      '/venta-casas-zapopan': TITLE + cards(1) + next(2, path),
      '/venta-casas-zapopan/2': TITLE + card(31),
    })
    expect(asked).toEqual(['/venta-casas-zapopan', '/venta-casas-zapopan/2'])
    expect(rows).toHaveLength(31)
  },
)

test.for([
  [
    'a page without cards that the count has used up',
    TITLE.replace('61', '30'),
    TITLE.replace('61', '30'),
    0,
  ],
  [
    'a page of similar listings alone',
    TITLE,
    card(9).replace('data-id', 'data-is-similar="true" data-id'),
    0,
  ],
  ['a page that nothing is known of', TITLE, '<main id="app"></main>', 76],
  [
    'a frame without cards while listings are missing',
    TITLE.replace('61', '900'),
    TITLE.replace('61', '900'),
    76,
  ],
  [
    'cards of an unknown layout',
    TITLE.replace('61', '30'),
    `${TITLE.replace('61', '30')}<a class="js-listing"></a>`,
    76,
  ],
  ['a wall', TITLE, '<title>Just a moment...</title>', 77],
] as const)('after a full page: %s', async ([, first, second, status]) => {
  const { result, rows } = await readPages('tro', LIST, {
    '/venta-casas-zapopan': first + cards(1),
    '/venta-casas-zapopan/2': second,
  })
  expect(rows).toHaveLength(30)
  expect(result.status).toBe(status)
})

test('rents in dollars, prices on request, missing fields', async () => {
  const bare =
    '<article class="snippet-listing" data-id="b2"><span class="price__actual">Consultar precio</span></article>'
  const dollars = card(1).replace('$ 4,500,000', '<span>Desde</span>USD 1,200')
  const path = '/renta-departamentos-guadalajara'
  const { rows } = await readPages('tro', HOST + path, { [path]: TITLE + dollars + bare })
  expect(rows).toMatchObject([
    { precio: '1200', moneda: 'USD', desde: 'sí', operacion: 'renta', tipo: 'departamentos' },
    { id: 'b2', precio: '', moneda: '', nombre: '', descripcion: '', ubicacion: '', construccion: '' },
  ])
})
