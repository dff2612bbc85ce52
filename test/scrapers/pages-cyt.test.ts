import { expect, test } from 'vitest'
import { jsonLd, readPages } from './real-pages.ts'

const HOST = 'https://www.casasyterrenos.com'

/** A property of the App Router, its description in a row of its own, whose text comes in the next push. */
const PROPERTY = {
  id: 4123456,
  canonical: '/propiedad/casa-en-venta-la-estancia-4123456',
  name: 'Casa con jardín',
  description: '$7',
  colonia: 'La Estancia',
  municipality: 'Zapopan',
  currency: 'mxn',
  coords: { lat: 20.67, lng: -103.41 },
  prioritizedPrices: { primary: { venta: 4_500_000 }, secondary: { renta: 21_000 } },
  features: {
    age: 0,
    area: 200,
    construction: 180,
    bathrooms: 2,
    halfBathrooms: 1,
    levels: 2,
    parking: 3,
    rooms: 4,
  },
}
const DESCRIPTION = 'Con jardín, alberca y «roof garden»;\nñandú'
const push = (piece: string) => `<script>self.__next_f.push(${JSON.stringify([1, piece])})</script>`

function page(property: object, total = 1): string {
  const search = { properties: [{ ...PROPERTY, ...property }], estimatedTotalHits: total }
  return (
    push(`7:T${Buffer.byteLength(DESCRIPTION).toString(16)},`) +
    push(`${DESCRIPTION}8:${JSON.stringify(['$', '$L2', null, { search }])}\n`)
  )
}

const read = async (property: object, path = '/jalisco/zapopan/casas/venta') =>
  (await readPages('cyt', HOST + path, { [path]: page(property) })).rows

test('a property of the App Router', async () => {
  expect(await read({})).toMatchObject([
    {
      id: '4123456',
      codigo: '4123456',
      nombre: 'Casa con jardín',
      descripcion: 'Con jardín, alberca y «roof garden»; ñandú',
      precio: '4500000',
      moneda: 'MXN',
      desde: '',
      habitaciones: '4',
      baños: '2',
      medios_baños: '1',
      estacionamientos: '3',
      superficie: '200',
      construccion: '180',
      ubicacion: 'La Estancia, Zapopan',
      colonia: 'La Estancia',
      municipio: 'Zapopan',
      latitud: '20.67',
      longitud: '-103.41',
    },
  ])
})

const RENTAL = '/jalisco/zapopan/casas/renta'
const WITHOUT = { prioritizedPrices: undefined }

test.for([
  ['a rent list takes the rent', {}, RENTAL, { precio: '21000' }],
  ['a sale list has no use for a rent', { ...WITHOUT, priceRent: 21_000 }, undefined, { precio: '' }],
  [
    'a rent list has no use for a sale',
    { ...WITHOUT, priceSale: 9, sellingPrice: 9 },
    RENTAL,
    { precio: '' },
  ],
  ['a selling price', { ...WITHOUT, sellingPrice: 5_000_000 }, undefined, { precio: '5000000' }],
  [
    'a range',
    { ...WITHOUT, priceSale: { from: 3e6, to: 4e6 } },
    undefined,
    { precio: '3000000', desde: 'sí' },
  ],
  [
    'a price with its currency',
    { prioritizedPrices: { primary: { venta: { price: 7e6 } } } },
    undefined,
    { precio: '7000000' },
  ],
  [
    'developments',
    { features: { rooms: { from: 2, to: 4 } } },
    '/desarrollos/jalisco/zapopan',
    { precio: '4500000', habitaciones: '2-4' },
  ],
  ['a title that is a price', { name: '$ 4,500,000 MXN' }, undefined, { nombre: '' }],
] as const)('%s', async ([, property, path, expected]) => {
  expect(await read(property, path)).toMatchObject([expected])
})

test('by JSON-LD alone the count is that of the heading', async () => {
  const item = {
    name: 'Casa',
    url: '/propiedad/casa-7',
    address: { streetAddress: 'Calle 8, La Estancia, Zapopan, Jalisco', addressLocality: 'Zapopan' },
  }
  const body = `<h1>1,204 casas en venta</h1>${jsonLd({ '@type': 'ItemList', itemListElement: [{ item }] })}`
  const path = '/jalisco/zapopan/casas/venta'
  const { rows, result } = await readPages('cyt', HOST + path, { [path]: body })
  expect(rows).toMatchObject([{ id: '7', colonia: 'La Estancia', municipio: 'Zapopan' }])
  expect(result.last('result')).toMatchObject({ expected: 1204, complete: false })
})
