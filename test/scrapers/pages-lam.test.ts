import { expect, test } from 'vitest'
import { fixture, jsonLd, readPages } from './real-pages.ts'

const LIST = 'https://www.lamudi.com.mx/jalisco/zapopan/casa/for-sale/'
const PATH = '/jalisco/zapopan/casa/for-sale/'
const FIRST = fixture('lam-list-2026.html')
const WALL = fixture('lam-page2-wall.html')

test('a list of 2026: every cell that the page knows, developments too, then the wall', async () => {
  const { rows, result } = await readPages('lam', LIST, { [PATH]: FIRST, [`${PATH}?page=2`]: WALL })
  expect(rows).toHaveLength(31)
  expect(rows[0]).toEqual({
    ...Object.fromEntries(Object.keys(rows[0] ?? {}).map((column) => [column, ''])),
    id: '41032-73-ecc04001fe91-a75e-d3228cc0-8324-4714',
    url: 'https://www.lamudi.com.mx/desarrollo/41032-73-ecc04001fe91-a75e-d3228cc0-8324-4714',
    nombre: 'Torre 112',
    tipo: 'casa',
    operacion: 'venta',
    precio: '6499999',
    moneda: 'MXN',
    desde: 'sí',
    habitaciones: '3',
    ubicacion: 'Del Valle, Zapopan, Jalisco',
    colonia: 'Del Valle',
    municipio: 'Zapopan',
  })
  expect(rows[1]).toEqual({
    id: '41032-73-aaaa0001-44cd-19c2717-a8fa-7231',
    url: 'https://www.lamudi.com.mx/detalle/41032-73-aaaa0001-44cd-19c2717-a8fa-7231',
    nombre: 'Casa en Venta en La Veleta',
    descripcion: 'Casa.',
    tipo: 'casa',
    operacion: 'venta',
    precio: '6500001',
    moneda: 'MXN',
    desde: '',
    habitaciones: '3',
    baños: '2',
    medios_baños: '',
    estacionamientos: '2',
    superficie: '',
    construccion: '121',
    metros_cuadrados: '121',
    ubicacion: 'Calle 8 S, La Veleta, Zapopan, Jalisco, 45116, MEX',
    colonia: 'La Veleta',
    municipio: 'Zapopan',
    latitud: '20.71',
    longitud: '-103.41',
    fecha_publicacion: '2026-02-03',
    actualizado: '',
  })
  expect(new Set(rows.map(({ id }) => id)).size).toBe(31)
  expect(
    rows.slice(1).every((row) => row['estacionamientos'] === '2' && row['colonia'] === 'La Veleta'),
  ).toBe(true)
  expect(result.status).toBe(77)
  expect(result.last('error')).toMatchObject({ class: 'blocked' })
  expect(result.last('result')).toBeUndefined()
  expect(result.last('state')).toMatchObject({ value: { next: 2, total: 3377 } })
})

/** The page as it is without its JSON-LD: cards alone. */
const CARDS = FIRST.replace(/<script[\s\S]*?<\/script>/, '')

test('the same list by its cards alone', async () => {
  const { rows, result } = await readPages('lam', LIST, { [PATH]: CARDS }, { SCRAPER_MAX_PAGES: '1' })
  expect(result.metric('strategy_cards')).toBe(1)
  expect(result.metric('expected')).toBe(3377)
  expect(rows).toHaveLength(31)
  expect(rows[1]).toMatchObject({
    id: '41032-73-aaaa0001-44cd-19c2717-a8fa-7231',
    nombre: 'Casa en Venta en La Veleta',
    precio: '6500001',
    habitaciones: '3',
    baños: '2',
    estacionamientos: '2',
    construccion: '121',
    ubicacion: 'La Veleta, Zapopan, Jalisco',
    colonia: 'La Veleta',
    municipio: 'Zapopan',
    latitud: '20.71',
    fecha_publicacion: '2026-02-03',
  })
})

const counting = (count: string) => FIRST.replace('3,377', count)
const empty = (count: string) =>
  `<title>Casas en Venta | Lamudi</title><h1>Casas en Venta en Zapopan</h1><span data-test="title-section-result-number">${count}</span>`
const card = '<div class="c-new"><a href="/detalle/41032-73-b">Casa</a> $ 1,000,000 MXN</div>'

test.for([
  ['a page without cards that the count has used up ends the list', '31', empty('31'), 0, true],
  ['a page that says so ends the list', '31', '<main><p>No se encontraron resultados</p></main>', 0, true],
  ['a frame without cards is no end while thousands are missing', '3,377', empty('3,377'), 76, undefined],
  ['cards of an unknown layout are no end', '31', empty('31') + card, 76, undefined],
  ['nothing that is known is no end', '31', '<main id="app"></main>', 76, undefined],
  ['the wall is no end, whatever was counted', '31', WALL, 77, undefined],
] as const)('%s', async ([, count, second, status, complete]) => {
  const pages = { [PATH]: counting(count), [`${PATH}?page=2`]: second }
  const { rows, result } = await readPages('lam', LIST, pages)
  expect(rows).toHaveLength(31)
  expect(result.status).toBe(status)
  expect(result.last('result')?.['complete']).toBe(complete)
})

test('a list of nothing is empty and whole', async () => {
  for (const page of [empty('0'), '<h1>Casas</h1><p>No se encontraron propiedades</p>']) {
    const { result } = await readPages('lam', LIST, { [PATH]: page })
    expect(result.last('result')).toMatchObject({ rows: 0, complete: true })
  }
})

/** One card of the list, and what is read from it. */
const one = (inner: string, attributes = '') =>
  `<h1>Casas en Venta</h1><span data-test="title-section-result-number">1</span>
   <div class="snippet js-snippet" ${attributes}><a href="/detalle/41032-73-c"></a>${inner}</div>`
const place = (text: string) => `<span data-test="snippet-content-location">${text}</span>`

test.for([
  [
    'a price without a blank',
    '<div class="snippet__content__price"><span>Desde</span>USD 257,040</div>',
    { precio: '257040', moneda: 'USD', desde: 'sí' },
  ],
  [
    'a price on request',
    '<div class="snippet__content__price">Consultar precio</div>',
    { precio: '', moneda: '', desde: '' },
  ],
  ['a title that is a price', '<span class="snippet__content__title">$ 6,500,000 MXN</span>', { nombre: '' }],
  [
    'a title that is a place',
    `<span class="snippet__content__title">Del Valle, Zapopan, Jalisco</span>${place('Del Valle, Zapopan, Jalisco')}`,
    { nombre: '', colonia: 'Del Valle' },
  ],
  [
    'a place without a colonia',
    place('Zapopan, Jalisco'),
    { colonia: '', municipio: 'Zapopan', ubicacion: 'Zapopan, Jalisco' },
  ],
  [
    'a range of bedrooms and areas',
    '<i data-test="bedrooms-value">2 - 4</i><i data-test="area-value">80 - 120 m²</i>',
    { habitaciones: '2-4', construccion: '80-120' },
  ],
  ['half bathrooms', '<i data-test="full-bathrooms-value">2.5</i>', { baños: '2', medios_baños: '1' }],
  [
    'chips that are no parking',
    '<i data-test="amenity-value">Alberca</i><i data-test="amenity-value">1 Estacionamiento</i>',
    { estacionamientos: '1' },
  ],
  [
    'the whole description',
    '<p data-itemdescription="true" content="Con jardín y alberca">Con jar…</p>',
    { descripcion: 'Con jardín y alberca' },
  ],
] as const)('a card with %s', async ([, inner, expected]) => {
  const { rows } = await readPages('lam', LIST, { [PATH]: one(inner) })
  expect(rows).toMatchObject([{ id: '41032-73-c', ...expected }])
})

test('a key of another kind than a UUID of version 7 dates nothing', async () => {
  for (const key of ['d3228c77-a715-46cb-82db-ecc04001fe48', 'ffffffff-ffff-71f0-a8b1-d186d3fad201', '7']) {
    const { rows } = await readPages('lam', LIST, { [PATH]: one('', `data-idanuncio="${key}"`) })
    expect(rows).toMatchObject([{ fecha_publicacion: '' }])
  }
})

test('a street address without a colonia names none', async () => {
  const item = {
    url: '/detalle/41032-73-c',
    name: 'Casa',
    address: { streetAddress: 'Calle 8 S, Zapopan, Jalisco, 45116, MEX', addressLocality: 'Zapopan' },
  }
  const mainEntity = [{ '@type': 'ItemList', itemListElement: [{ item }] }]
  const page = jsonLd({ '@type': 'SearchResultsPage', mainEntity }) + one('')
  const { rows } = await readPages('lam', LIST, { [PATH]: page })
  expect(rows).toMatchObject([
    { colonia: '', municipio: 'Zapopan', ubicacion: 'Calle 8 S, Zapopan, Jalisco, 45116, MEX' },
  ])
})
