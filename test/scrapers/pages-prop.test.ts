import { expect, test } from 'vitest'
import { jsonLd, readPages } from './real-pages.ts'

const LIST = 'https://propiedades.com/zapopan/casas-venta'

const state = (results: object) =>
  `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { results } } })}</script>`

/** A property as the page's state has it: without title, description and plot area. */
const PROPERTY = {
  id: 27123456,
  url_property: '/inmuebles/casa-en-venta-la-estancia-27123456',
  type_str: 'Casa',
  purpose_str: 'Venta',
  short_address: 'La Estancia, Zapopan',
  full_address: 'Calle 8 S 12, La Estancia, Zapopan, Jalisco',
  colony: 'La Estancia',
  municipality: 'Zapopan',
  latitude: 20.67,
  longitude: -103.41,
  valid_coords: true,
  bedrooms: 3,
  bathrooms: 2.5,
  parking_num: 2,
  size_m2: 180,
  sale_price_real: 4_500_000,
  rental_price_real: 21_000,
  currency: 'MXN',
  modified: '06/07/2025',
  days_ago: 400,
}
const results = (property: object, more: object = {}) =>
  state({
    properties: [{ ...PROPERTY, ...property }],
    paginate: { current_page: 1, items: 1, pages: 1, next_page: null },
    seo: { h1: 'Casas en venta en Zapopan' },
    ...more,
  })
const listing = (url: string, name: string) => ({
  item: { '@type': 'RealEstateListing', url, name, description: 'Con jardín', offers: { price: 1 } },
})
const texts = (...itemListElement: object[]) =>
  jsonLd({ '@type': 'WebPage', mainEntity: { '@type': 'ItemList', itemListElement } })

test('a list of 2026: title and description come from the JSON-LD of the same address', async () => {
  const page =
    texts(
      listing('https://propiedades.com/inmuebles/otra-99', 'Otra casa'),
      listing(
        'https://propiedades.com/inmuebles/casa-en-venta-la-estancia-27123456?utm_source=x',
        'Casa con jardín',
      ),
    ) + results({})
  const { rows, result } = await readPages('prop', LIST, { '/zapopan/casas-venta': page })
  expect(rows).toMatchObject([
    {
      id: '27123456',
      url: 'https://propiedades.com/inmuebles/casa-en-venta-la-estancia-27123456',
      nombre: 'Casa con jardín',
      descripcion: 'Con jardín',
      tipo: 'casas',
      operacion: 'venta',
      precio: '4500000',
      moneda: 'MXN',
      habitaciones: '3',
      baños: '2',
      medios_baños: '1',
      estacionamientos: '2',
      superficie: '',
      construccion: '180',
      ubicacion: 'Calle 8 S 12, La Estancia, Zapopan, Jalisco',
      colonia: 'La Estancia',
      municipio: 'Zapopan',
      latitud: '20.67',
      actualizado: '2025-07-06',
      fecha_publicacion: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
    },
  ])
  expect(result.last('result')).toMatchObject({ rows: 1, complete: true, expected: 1 })
})

test.for([
  ['the price of a rent list', '/zapopan/casas-renta', {}, { precio: '21000', operacion: 'renta' }],
  ['no price for the other operation', '/zapopan/casas-renta', { rental_price_real: 0 }, { precio: '' }],
  ['no price for the other operation', '/zapopan/casas-venta', { sale_price_real: null }, { precio: '' }],
  ['dollars', '/zapopan/casas-venta', { currency: 'USD' }, { moneda: 'USD' }],
  ['no title of its own', '/zapopan/casas-venta', {}, { nombre: '', descripcion: '' }],
  ['a title that is the place', '/zapopan/casas-venta', { title: 'La Estancia, Zapopan' }, { nombre: '' }],
  [
    'only a short address',
    '/zapopan/casas-venta',
    { full_address: '' },
    { ubicacion: 'La Estancia, Zapopan' },
  ],
  [
    'an age that nobody can tell',
    '/zapopan/casas-venta',
    { days_ago: 'hace mucho' },
    { fecha_publicacion: '' },
  ],
  ['no place', '/zapopan/casas-venta', { valid_coords: false }, { latitud: '', longitud: '' }],
] as const)('a property with %s', async ([, path, property, expected]) => {
  const { rows } = await readPages('prop', `https://propiedades.com${path}`, { [path]: results(property) })
  expect(rows).toMatchObject([expected])
})

test('an age in words is a day', async () => {
  const { rows } = await readPages('prop', LIST, {
    '/zapopan/casas-venta': results({ days_ago: '9 meses en Propiedades.com' }),
  })
  expect(rows).toMatchObject([{ fecha_publicacion: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) }])
})

test('the count is found in the state, else in the title', async () => {
  const without = results({}, { paginate: {} })
  for (const page of [
    results({}, { paginate: { items: 1772 } }),
    `<title>1772 Casas en Venta</title>${without}`,
  ]) {
    const { result } = await readPages('prop', LIST, { '/zapopan/casas-venta': page })
    expect(result.last('result')).toMatchObject({ rows: 1, complete: false, expected: 1772 })
  }
})
