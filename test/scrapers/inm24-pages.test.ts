import { expect, test } from 'vitest'
import { fixture, readPages } from './real-pages.ts'

const HOST = 'https://www.inmuebles24.com'
const LIST = `${HOST}/casas-en-venta-en-zapopan.html`
const DETAIL = `${HOST}/propiedades/clasificado/alclapin-plaza-57986160.html`

/** What the first page of a list gives, whatever form of its address is asked for. */
async function listOf(page: string, list = LIST) {
  const { pathname } = new URL(list)
  const sorted = pathname.replace('.html', '-ordenado-por-precio-ascendente.html')
  const { rows, result } = await readPages('inm24', list, { [pathname]: page, [sorted]: page })
  return { rows, result, total: result.last('result')?.['expected'] }
}

const detailOf = (page: string, url = DETAIL, given = {}) =>
  readPages('inm24_det', url, { [new URL(url).pathname]: page }, given)
const ofSale = { SCRAPER_INPUT_URL: LIST }

/** `page` as scripts leave it: the state is gone, the description is there. */
const state = (store: object) =>
  `<script id="preloadedData">window.__PRELOADED_STATE__ = ${JSON.stringify({ listStore: store })};</script>`

test('a list of 2026: no title, the street, USD right after "desde", addresses without n_*', async () => {
  const { rows, total } = await listOf(fixture('inm24-list-2026.html'))
  expect(total).toBe(4849)
  expect(rows).toMatchObject([
    {
      id: '147000001',
      url: `${HOST}/propiedades/clasificado/veclcain-casa-en-venta-147000001.html`,
      nombre: '',
      descripcion: 'Casa con jardín en coto privado',
      tipo: 'casas',
      operacion: 'venta',
      precio: '5900000',
      moneda: 'MXN',
      desde: '',
      habitaciones: '4',
      baños: '3',
      estacionamientos: '2',
      superficie: '230',
      ubicacion: 'Av. Patria 100, Puerta de Hierro, Zapopan',
      colonia: 'Puerta de Hierro',
      municipio: 'Zapopan',
    },
    {
      id: '147000002',
      url: `${HOST}/propiedades/desarrollo/ememvein-torre-a-147000002.html`,
      nombre: '',
      precio: '257040',
      moneda: 'USD',
      desde: 'sí',
      habitaciones: '1-3',
      superficie: '58-145',
      ubicacion: 'Av. Acueducto 5, Puerta de Hierro, Zapopan',
    },
  ])
})

test('a list of 2024: "desde" stands beside the price', async () => {
  const { rows, total } = await listOf(fixture('inm24-list-2024.html'))
  expect(total).toBe(2)
  expect(rows).toMatchObject([
    {
      id: '91000001',
      url: `${HOST}/propiedades/desarrollo/ememvein-residencial-91000001.html`,
      nombre: '',
      precio: '2172450',
      moneda: 'MXN',
      desde: 'sí',
      habitaciones: '1-3',
      ubicacion: 'Mártires 111, Escandón, Miguel Hidalgo',
      colonia: 'Escandón',
      municipio: 'Miguel Hidalgo',
    },
  ])
})

test.for([
  ['venta', '13850000'],
  ['renta', '95000'],
])('the state of a list of %s: the price for that operation', async ([operation, precio]) => {
  const list = LIST.replace('venta', operation ?? '')
  const { rows, total } = await listOf(fixture('inm24-state.html'), list)
  expect(total).toBe(17_865)
  expect(rows).toMatchObject([
    {
      id: '90000003',
      url: `${HOST}/propiedades/clasificado/alclapin-plaza-90000003.html`,
      nombre: 'Plaza con vista',
      descripcion: 'Departamento amplio.',
      operacion: operation,
      precio,
      moneda: 'MXN',
      superficie: '168',
      construccion: '160',
      habitaciones: '3',
      baños: '3',
      medios_baños: '1',
      estacionamientos: '2',
      ubicacion: 'Descartes 5, Anzures, Miguel Hidalgo',
      colonia: 'Anzures',
      municipio: 'Miguel Hidalgo',
      latitud: '19.4292',
      longitud: '-99.1766',
      fecha_publicacion: '2023-08-21',
      actualizado: '2026-07-23',
    },
  ])
})

const venta = (...prices: object[]) => [{ operationType: { name: 'Venta' }, prices }]

test.for([
  [
    'a development: the least price, ranges',
    {
      postingType: 'DEVELOPMENT',
      priceOperationTypes: venta({ amount: 257_040, currency: 'USD' }),
      mainFeatures: {
        CFT2: { value: '1 a 3' },
        CFT100: { value: '58 a 145', measure: 'm²' },
        CFT3: { value: null, minValue: 1, maxValue: 2 },
      },
    },
    { precio: '257040', moneda: 'USD', desde: 'sí', habitaciones: '1-3', superficie: '58-145', baños: '1-2' },
  ],
  [
    'a plot in hectares',
    { mainFeatures: { CFT100: { value: '1.5', measure: 'ha' } } },
    { superficie: '15000', precio: '', moneda: '' },
  ],
  [
    'both prices of an operation',
    { priceOperationTypes: venta({ amount: 900_000, currency: 'MN' }, { amount: 800_000, currency: 'MN' }) },
    { precio: '800000', desde: 'sí' },
  ],
  [
    'a list of sale with a listing for rent alone',
    {
      priceOperationTypes: [
        { operationType: { operationTypeId: '2' }, prices: [{ amount: 9500, currencyId: '10' }] },
      ],
    },
    { precio: '9500', moneda: 'MXN', operacion: 'renta' },
  ],
  [
    'neither name nor place',
    { title: 'USD 257,040', postingLocation: { location: { name: 'Zapopan', label: 'CIUDAD' } } },
    { nombre: '', colonia: '', municipio: 'Zapopan', ubicacion: 'Zapopan' },
  ],
  ['nothing but a key', {}, { precio: '', moneda: '', desde: '', nombre: '', colonia: '', latitud: '' }],
] as const)('a posting with %s', async ([, posting, expected]) => {
  const { rows } = await listOf(state({ listPostings: [{ postingId: '7', ...posting }] }))
  expect(rows).toMatchObject([{ id: '7', ...expected }])
})

const CARD = '<div data-qa="posting PROPERTY" data-id="7"></div>'

test.for([
  ['title', `<title>1,204 Casas en venta en Zapopan - Inmuebles24</title>${CARD}`, 1204],
  ['h1', `<title>Inmuebles24</title><h1>1,204 Casas en venta</h1>${CARD}`, 1204],
  [
    'JSON-LD',
    `<script type="application/ld+json">{"@type":"Product","offers":{"offerCount":"1204"}}</script>${CARD}`,
    1204,
  ],
  ['paging', `${state({ listPostings: [], paging: { total: 1204 } })}${CARD}`, 1204],
  ['totalPosting', `${state({ listPostings: [], totalPosting: '1,204' })}${CARD}`, 1204],
  ['no number', `<title>Casas en venta</title>${CARD}`, undefined],
] as const)('the total by %s', async ([, page, expected]) => {
  expect((await listOf(page)).total).toBe(expected)
})

test('a list that holds nothing is empty, also where it recommends others', async () => {
  const notice =
    '<h1>Casas en venta en Tonalá</h1><h2>No encontramos propiedades que coincidan con tu búsqueda</h2>'
  for (const page of [notice, notice + CARD, state({ listPostings: [], paging: { total: 0 } })]) {
    const { result } = await listOf(page)
    expect(result.last('result')).toMatchObject({ rows: 0, complete: true, expected: 0 })
  }
})

test('a page that counts listings and shows none is not an empty list', async () => {
  const { result } = await listOf('<title>4,849 Casas en venta</title><main id="app"></main>')
  expect(result.last('error')).toMatchObject({ class: 'layout_changed' })
})

test('a listing as the server sends it, before its scripts have run', async () => {
  const { rows } = await detailOf(fixture('inm24-detail-2026.html'))
  expect(rows).toMatchObject([
    {
      id: '57986160',
      codigo_inmuebles24: '57986160',
      codigo_anunciante: 'GAP1333',
      nombre: 'Departamento en venta en Puerta de Hierro',
      tipo: 'Departamento',
      operacion: 'venta',
      precio: '11500000',
      moneda: 'MXN',
      superficie: '239',
      area_total: '239',
      area_m2: '239',
      construccion: '200',
      area_cubierta: '200',
      baños: '2',
      medios_baños: '1',
      habitaciones: '2',
      estacionamientos: '1',
      antiguedad_icon: '40 años',
      latitud: '20.680643',
      longitud: '-103.398313',
      ubicacion_url: 'geo:20.680643,-103.398313',
      ubicacion: 'Av. Real 3000, Puerta de Hierro, Zapopan',
      colonia: 'Puerta de Hierro',
      municipio: 'Zapopan',
      anunciante: 'Inmobiliaria Norte',
      descripcion: 'Piso con vistas. 2 recámaras en suite.',
      caracteristicas: 'Cocina; Balcón',
    },
  ])
})

test('after its scripts have run, what they filled in goes along', async () => {
  const page = fixture('inm24-detail-2026.html')
    .replace('<div id="reactDescription">', '<div id="longDescription">Piso con vistas.<br>Dos recámaras.')
    .replace(
      '<div id="reactPublisherCodes">',
      '<div id="reactPublisherCodes">Cód. del anunciante: GAP1333 Cód. Inmuebles24: 57986160',
    )
    .replace('<div id="user-views">', '<div id="user-views">Publicado hace más de 1 año')
    .replace('\'description\': "Piso con vistas. 2 recámaras en suite."', '\'description\': ""')
  const { rows } = await detailOf(page)
  expect(rows).toMatchObject([
    {
      id: '57986160',
      descripcion: 'Piso con vistas. Dos recámaras.',
      tiempo_publicacion: 'Publicado hace más de 1 año',
      fecha_publicacion: '',
    },
  ])
})

const RENT =
  '{"operationType":{"name":"renta","operationTypeId":"2"},"prices":[{"currency":"MN","amount":45000}]},'

test.for([
  ['the task is of a list of sale', DETAIL, ofSale, 'venta', '11500000'],
  [
    'the task is of a list of rent',
    DETAIL,
    { SCRAPER_INPUT_URL: LIST.replace('venta', 'renta') },
    'renta',
    '45000',
  ],
  ['its address says a sale', DETAIL.replace('alcl', 'vecl'), {}, 'venta', '11500000'],
  [
    'the task is of rent',
    DETAIL.replace('alclapin-', ''),
    { SCRAPER_OPERATION_CODE: 'Ren' },
    'renta',
    '45000',
  ],
  ['its scripts are of a sale', DETAIL.replace('alclapin-', ''), {}, 'venta', '11500000'],
] as const)('a listing for sale and for rent, where %s', async ([, url, given, operacion, precio]) => {
  const page = fixture('inm24-detail-2026.html').replace("'pricesData': [", `'pricesData': [${RENT}`)
  const { rows } = await detailOf(page, url, { ...given })
  expect(rows).toMatchObject([{ operacion, precio, moneda: 'MXN' }])
})

test('no page is taken for gone because of the form of its address', async () => {
  const development = fixture('inm24-detail-2026.html').replace(
    "'postingType': 'PROPERTY'",
    "'postingType': 'DEVELOPMENT'",
  )
  for (const form of ['desarrollo/ememvein-torre-a', 'unidad/torre-a', 'otra-forma']) {
    const { rows, result } = await detailOf(development, `${HOST}/propiedades/${form}-57986160.html`)
    expect(rows).toMatchObject([{ id: '57986160', desde: 'sí' }])
    expect(result.metric('vanished')).toBeUndefined()
  }
})
