import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Listing } from '../../src/demo/listings.ts'
import type { PortalList } from '../../src/demo/lists.ts'
import { attempt, rowsOf } from './attempt.ts'
import { placeOf, truthOf, usePortals } from './portals.ts'

const { folder, asked, given } = usePortals()

type Expected = (of: Listing, list: PortalList) => Record<string, string>

const number = (value: number) => (value > 0 ? String(value) : '')
const common: Expected = (of, list) => ({
  id: of.id,
  nombre: of.title,
  precio: String(of.price),
  moneda: of.currency,
  operacion: list.operation,
  construccion: number(of.built),
  habitaciones: number(of.rooms),
  baños: number(of.baths),
  ubicacion: `${of.neighborhood}, ${of.municipality}`,
})
const placed = (of: Listing) => ({ latitud: String(of.lat), longitud: String(of.lon) })
const half = (of: Listing) => ({ medios_baños: number(of.halfBaths) })
const DAY = /^20\d\d-\d\d-\d\d$/

const whole = (of: Listing) =>
  `Calle ${Number(of.id) % 90} S, ${of.neighborhood}, ${of.municipality}, Jalisco, 45116, MEX`
const inCity = (of: Listing) => ({ colonia: of.neighborhood, municipio: of.municipality })
const nowhere = { latitud: '', longitud: '' }
const keyOf = (of: Listing) => `41032-73-${of.id}-44cd-19c2717-a8fa`
const lamudiAddress = (of: Listing) =>
  `https://www.lamudi.com.mx/${of.development ? 'desarrollo' : 'detalle'}/${keyOf(of)}`
const lamudi: Expected = (of, list) => ({
  ...common(of, list),
  ...(of.development ? nowhere : placed(of)),
  ...half(of),
  ...inCity(of),
  id: keyOf(of),
  url: lamudiAddress(of),
  desde: of.development ? 'sí' : '',
  estacionamientos: number(of.parking),
  ubicacion: of.development ? `${of.neighborhood}, ${of.municipality}, Jalisco` : whole(of),
  fecha_publicacion: of.development ? '' : `2025${of.updated.slice(4)}`,
  metros_cuadrados: number(of.built),
})
const mitula: Expected = (of, list) => ({
  ...common(of, list),
  ...placed(of),
  ...half(of),
  url: `https://casas.mitula.mx/anuncio/${of.id}`,
  agencia: of.broker.name,
  amenidades: of.features.join('; '),
  fecha_publicacion: expect.stringMatching(DAY),
})
const propiedades: Expected = (of, list) => ({
  ...common(of, list),
  ...half(of),
  ...(Number(of.id) % 5 === 0 ? nowhere : placed(of)),
  url: `https://propiedades.com/inmuebles/inmueble-${of.id}`,
  ...inCity(of),
  ubicacion: whole(of),
  superficie: '',
  estacionamientos: number(of.parking),
  fecha_publicacion: of.updated,
  actualizado: of.updated,
})
const trovit: Expected = (of, list) => ({
  ...common(of, list),
  url: `https://casas.trovit.com.mx/detail/${of.id}`,
  desde: of.development ? 'sí' : '',
  agencia: of.broker.name,
  fecha_publicacion: expect.stringMatching(DAY),
})

test.for([
  ['lam', 'json_ld', true, placeOf('Lam', 'Casas', 'zapopan'), lamudi],
  ['lam', 'json_ld', true, placeOf('Lam', 'Departamentos', 'guadalajara'), lamudi],
  ['mit', 'cards', true, placeOf('Mit', 'Casas', 'zapopan'), mitula],
  ['mit', 'cards', true, placeOf('Mit', 'Casas', 'guadalajara'), mitula],
  ['prop', 'next_data', true, placeOf('Prop', 'Casas', 'guadalajara'), propiedades],
  ['prop', 'next_data', true, placeOf('Prop', 'Casas', 'zapopan'), propiedades],
  ['tro', 'cards', true, placeOf('Tro', 'Casas', 'zapopan'), trovit],
] as const)('%s by %s (whole: %s): every listing of list %i once', async (row) => {
  const [scraper, strategy, complete, place, expected] = row
  const { list, listings } = truthOf(place)
  const main = given(`${scraper}-${place}`, list)
  const result = await attempt(scraper, main)
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(result.last('result')).toMatchObject({ rows: listings.length, complete })
  expect(result.metric(`strategy_${strategy}`)).toBeGreaterThan(0)
  expect(result.metric('field_precio')).toBe(1)
  expect(result.metric('expected')).toBeGreaterThan(0)
  const rows = rowsOf(main.SCRAPER_OUTPUT_FILE)
  expect(rows).toMatchObject(listings.map((each) => expected(each, list)))
  const written = JSON.stringify(rows)
  for (const { broker } of listings) {
    expect(written).not.toContain(broker.phone)
    expect(written).not.toContain(broker.email)
  }
})

test('Lam: the list feeds the details, of which each is of its own page', async () => {
  const { list, listings } = truthOf(placeOf('Lam', 'Casas', 'zapopan'))
  const main = given('lam', list)
  await attempt('lam', main)
  const output = join(folder, 'lam_det.csv')
  const details = { ...main, SCRAPER_OUTPUT_FILE: output, SCRAPER_URL_LIST_FILE: main.SCRAPER_OUTPUT_FILE }
  const result = await attempt('lam_det', details)
  const there = listings.filter(({ vanished }) => !vanished)
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(result.last('result')).toMatchObject({ rows: there.length, complete: true })
  const expected = there.map((of) => ({
    ...common(of, list),
    ...placed(of),
    ...half(of),
    ...inCity(of),
    id: keyOf(of),
    url: lamudiAddress(of),
    desde: of.development ? 'sí' : '',
    superficie: String(of.land),
    estacionamientos: number(of.parking),
    superficie_construida: number(of.built),
    tipo_vivienda: 'Casa',
    tipo_operacion: list.operation,
    anunciante: of.broker.name,
    facilidades_propiedad: of.features.join('; '),
    fecha_publicacion: expect.stringMatching(DAY),
    año_construccion: String(2025 - of.age),
    ubicacion: whole(of),
  }))
  expect(rowsOf(output)).toMatchObject(expected)
  expect(JSON.stringify(rowsOf(output))).not.toContain(listings[0]?.broker.phone)
})

test('the operator may keep contacts', async () => {
  const { list, listings } = truthOf(placeOf('CyT', 'Departamentos', 'zapopan'))
  const main = { ...given('contacts', list), SCRAPER_MAX_PAGES: '1', SCRAPER_KEEP_CONTACTS: '1' }
  await attempt('cyt', main)
  const [row] = rowsOf(main.SCRAPER_OUTPUT_FILE)
  expect(row).toMatchObject({ telefono: listings[0]?.broker.phone, correo: listings[0]?.broker.email })
})

test('no redirect of an aggregator is asked, nor anything that robots.txt closes', () => {
  expect(asked.filter((url) => /\/rd\?|\/adform\/|\/anuncio\//.test(url))).toEqual([])
})
