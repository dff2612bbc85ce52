import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Listing } from '../../src/demo/listings.ts'
import type { PortalList } from '../../src/demo/lists.ts'
import { attempt, rowsOf } from './attempt.ts'
import { placeOf, truthOf, usePortals } from './portals.ts'

const { folder, asked, given } = usePortals()

const number = (value: number) => (value > 0 ? String(value) : '')

/** What the generator says, as a scraper should write it down. */
function expected(list: PortalList, of: Listing) {
  const range = (value: number) => (of.development && value > 0 ? `${value}-${value + 1}` : number(value))
  return {
    id: of.id,
    precio: String(of.price),
    moneda: of.currency,
    desde: of.development ? 'sí' : '',
    tipo: list.product.toLowerCase(),
    operacion: list.operation,
    ubicacion: `${of.neighborhood}, ${of.municipality}`,
    habitaciones: of.development && of.rooms === 0 ? '1' : range(of.rooms),
    baños: number(of.baths),
    estacionamientos: number(of.parking),
    superficie: number(of.land),
    construccion: number(of.built),
  }
}

/** What only the App Router says: a text in a row of its own, half bathrooms. */
const routed = ({ title, halfBaths }: Listing) => ({
  descripcion: expect.stringMatching(`^${title.replace(/[?]/g, '.')}, a 5 minutos de todo`) as string,
  medios_baños: number(halfBaths),
})

test.for([
  ['app_router', placeOf('CyT', 'Casas', 'guadalajara')],
  ['next_data', placeOf('CyT', 'Departamentos', 'zapopan')],
] as const)('CyT in the shape %s: every listing once, with its values', async ([strategy, place]) => {
  const { list, listings } = truthOf(place)
  const result = await attempt('cyt', given(strategy, list))
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(result.last('result')).toMatchObject({ rows: list.size, complete: true })
  expect(result.metric(`strategy_${strategy}`)).toBe(3)
  const rows = rowsOf(join(folder, `${strategy}.csv`))
  expect(rows.map((row) => row['id'])).toEqual(listings.map(({ id }) => id))
  for (const [index, listing] of listings.entries()) {
    const coordinates = { latitud: String(listing.lat), longitud: String(listing.lon) }
    expect(rows[index]).toMatchObject({
      ...expected(list, listing),
      ...coordinates,
      ...(strategy === 'app_router' ? routed(listing) : { descripcion: listing.title }),
    })
  }
})

test('CyT with JSON-LD alone: what it says, without the listings it recommends', async () => {
  const place = placeOf('CyT', 'Terrenos', 'guadalajara')
  const { list, listings } = truthOf(place)
  const result = await attempt('cyt', given('json_ld', list))
  expect(result.status).toBe(0)
  const rows = rowsOf(join(folder, 'json_ld.csv'))
  expect(rows.map((row) => row['id'])).toEqual(listings.map(({ id }) => id))
  expect(rows.map((row) => row['precio'])).toEqual(listings.map(({ price }) => String(price)))
})

/** Where Inmuebles24 says that a listing is. */
const placeOnInm24 = ({ street, neighborhood, municipality }: Listing) => ({
  ubicacion: `${street}, ${neighborhood}, ${municipality}`,
  colonia: neighborhood,
  municipio: municipality,
})

test('Inm24: the list feeds the details, and robots.txt and contacts are respected', async () => {
  const place = placeOf('Inm24', 'Casas', 'zapopan')
  const { list, listings } = truthOf(place)
  const main = given('inm24', list)
  const listed = await attempt('inm24', main)
  expect(listed.last('result')).toMatchObject({ rows: list.size, complete: true })
  expect(listed.last('progress')).toMatchObject({ items: list.size, expected: list.size })
  const rows = rowsOf(main.SCRAPER_OUTPUT_FILE)
  const pesos = ({ price, currency }: Listing) => (currency === 'USD' ? 20 * price : price)
  const byPrice = listings.toSorted((one, other) => pesos(one) - pesos(other))
  expect(listings.some(({ development }) => development)).toBe(true)
  for (const [index, listing] of byPrice.entries()) {
    const half = listing.halfBaths ? String(listing.halfBaths) : ''
    expect(rows[index]).toMatchObject({
      ...expected(list, listing),
      ...placeOnInm24(listing),
      url: expect.stringMatching(/^https:\/\/www\.inmuebles24\.com\/propiedades\/[^?]+$/),
      medios_baños: half,
      nombre: listing.title,
      latitud: String(listing.lat),
      longitud: String(listing.lon),
      fecha_publicacion: listing.updated,
      actualizado: listing.updated,
    })
  }
  expect(listed.metric('strategy_preloaded_state')).toBe(2)

  const output = join(folder, 'inm24_det.csv')
  const detail = await attempt('inm24_det', {
    SCRAPER_OUTPUT_FILE: output,
    SCRAPER_INPUT_URL: list.url,
    SCRAPER_URL_LIST_FILE: main.SCRAPER_OUTPUT_FILE,
    SCRAPER_HOST_MAP: main.SCRAPER_HOST_MAP,
  })
  const there = byPrice.filter(({ vanished }) => !vanished)
  expect(there.length).toBeLessThan(listings.length)
  expect(detail).toMatchObject({ status: 0, stderr: '' })
  expect(detail.last('result')).toMatchObject({ rows: there.length, complete: true })
  expect(detail.metric('vanished')).toBe(listings.length - there.length)
  const details = rowsOf(output)
  for (const [index, listing] of there.entries()) {
    expect(details[index]).toMatchObject({
      id: listing.id,
      codigo_inmuebles24: listing.id,
      codigo_anunciante: listing.code,
      anunciante: listing.broker.name,
      titulo: listing.title,
      tipo_propiedad: 'Casa',
      operacion: list.operation,
      precio: String(listing.price),
      moneda: listing.currency,
      mantenimiento: listing.maintenance ? String(listing.maintenance) : '',
      area_total: String(listing.land),
      area_cubierta: String(listing.built),
      desde: listing.development ? 'sí' : '',
      ...placeOnInm24(listing),
      ubicacion: `${listing.street}, ${listing.neighborhood}, ${listing.municipality}, Jalisco`,
      descripcion: expect.stringContaining(listing.title),
      fecha_publicacion: listing.updated,
      banos_icon: String(listing.baths),
      latitud: String(listing.lat),
      longitud: String(listing.lon),
      caracteristicas: listing.features.join('; '),
    })
  }
  const written = JSON.stringify([rows, details])
  for (const { broker } of listings) {
    expect(written).not.toContain(broker.phone)
    expect(written).not.toContain(broker.email)
  }
  // Deeper than page 5 robots.txt opens the sorted list alone.
  expect(
    asked.filter((url) => /-pagina-/.test(url) && !/-ordenado-por-precio-ascendente-/.test(url)),
  ).toEqual([])
  expect(asked.filter((url) => /utm_source|rplis-api|\/api\//.test(url))).toEqual([])
})

test('Inm24 without its state: what cards of 2024 say, which have no title', async () => {
  const { list, listings } = truthOf(placeOf('Inm24', 'Departamentos', 'zapopan'))
  const main = given('inm24-cards', list)
  const result = await attempt('inm24', main)
  expect(result.last('result')).toMatchObject({ rows: list.size, complete: true })
  expect(result.metric('strategy_cards')).toBe(2)
  const rows = new Map(rowsOf(main.SCRAPER_OUTPUT_FILE).map((row) => [row['id'], row]))
  for (const listing of listings) {
    const cells = { ...expected(list, listing), ...placeOnInm24(listing), nombre: '', latitud: '' }
    expect(rows.get(listing.id)).toMatchObject(cells)
  }
})
