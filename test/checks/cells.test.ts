import { describe, expect, test } from 'vitest'
import { amount, currencyOf, pesos } from '../../src/checks/listing/amount.ts'
import { placesOf } from '../../src/checks/listing/columns.ts'
import { canonical } from '../../src/checks/listing/listing-key.ts'
import { isMojibake } from '../../src/checks/judge/mojibake.ts'
import { rowFault } from '../../src/checks/judge/row.ts'
import { isInMexico } from '../../src/checks/judge/tally.ts'

test.each([
  ['2500000', 2_500_000],
  ['120.5', 120.5],
  ['-5', -5],
  ['0', 0],
  ['MN 15,900,000', 15_900_000],
  ['USD 250,000', 250_000],
  ['desde $1,250,000.50 MXN', 1_250_000.5],
  ['1.250.000', 1_250_000],
  ['1.250.000,75', 1_250_000.75],
  ['$ 12 500', 12_500],
  ['MN 1,250,000 - 2,300,000', 1_250_000],
  ['120.5 m²', 120.5],
  ['12,5 m²', 12.5],
  ['0.125 ha', 0.125],
  ['3-4', 3],
  ['a consultar', undefined],
  ['', undefined],
])('the number of %j is %j', (cell, number) => {
  expect(amount(cell)).toBe(number)
})

test('dollars are told by their column, else by the price', () => {
  expect(pesos('100', 'USD')).toBe(1800)
  expect(pesos('US$ 100', '')).toBe(1800)
  expect(pesos('100', 'MXN')).toBe(100)
  expect(pesos('consultar', 'USD')).toBeUndefined()
  expect(currencyOf('100 dlls', '')).toBe('USD')
  expect(currencyOf('U.S. $ 100', '')).toBe('USD')
  expect(currencyOf('MN 100', '')).toBe('MXN')
})

// The first ones stand in lists of sites.md's users.
test.each([
  ['JuanacatlÃ¡n', true],
  ['TonalÃ¡', true],
  ['Tlajomulco de ZuÃ±iga', true],
  ['IxtlahuacÃ¡n de los Membrillos', true],
  ['PEÃ‘A', true],
  ['120 mÂ²', true],
  ['â€œcasaâ€\u009d', true],
  ['Zu\uFFFDiga', true],
  ['Tlajomulco de Zuñiga', false],
  ['Juanacatlán', false],
  ['120 m² · 2½ baños', false],
  ['SÃO PAULO', false],
  ['“casa” – bonita', false],
])('%j is mojibake: %j', (text, broken) => {
  expect(isMojibake(text)).toBe(broken)
})

test.each([
  ['Zapopan', 20.72, -103.39, true],
  ['Tijuana', 32.53, -117.04, true],
  ['Tapachula', 14.9, -92.26, true],
  ['Cancún', 21.16, -86.85, true],
  ['Guadalupe Island', 29.03, -118.28, true],
  ['swapped', -103.39, 20.72, false],
  ['without its sign', 20.72, 103.39, false],
  ['Madrid', 40.42, -3.7, false],
  ['Bogotá', 4.71, -74.07, false],
  ['nowhere', 0, 0, false],
  ['no number', Number.NaN, -103, false],
])('%s is in Mexico as it should', (_place, latitude, longitude, inside) => {
  expect(isInMexico(latitude, longitude)).toBe(inside)
})

describe('a row', () => {
  const columns = ['id', 'url', 'precio', 'superficie', 'latitud', 'longitud']
  const good = ['7', 'https://a.mx/7', '100', '80', '20.7', '-103.4']
  const fault = (change: Record<number, string>, of = columns) =>
    rowFault(Object.assign([...good], change), of.length, placesOf(of))

  test.each([
    ['whole', {}, undefined],
    ['empty but for its id', { 1: '', 2: '', 3: '', 4: '', 5: '' }, undefined],
    ['with a relative address', { 1: '/detalle/7' }, undefined],
    ['with a price that is not told', { 2: 'Consultar precio' }, undefined],
    ['without id and address', { 0: '', 1: '' }, 'neither id nor address'],
    ['with text as address', { 1: 'Casa en venta' }, 'the address has a space in it'],
    ['with a script as address', { 1: 'javascript:alert(1)' }, 'the address is not one of the web'],
    ['with text as price', { 2: 'Zapopan' }, 'the price holds no number'],
    ['with text as area', { 3: 'grande' }, 'the area holds no number'],
    ['with text as latitude', { 4: 'norte' }, 'the latitude is not in degrees'],
    ['with metres as longitude', { 5: '673456.2' }, 'the longitude is not in degrees'],
    ['with a cell too many', { 6: 'x' }, '7 cells under 6 columns'],
  ])('%s', (_what, change, expected) => {
    expect(fault(change)).toBe(expected)
  })

  test('is not judged by columns that are not there', () => {
    const of = ['descripcion', 'tipo', 'x', 'y', 'z', 'w']
    expect(fault({ 1: 'dos palabras', 2: 'texto' }, of)).toBeUndefined()
  })
})

test('a role is found by its best name, wherever it stands and however it is written', () => {
  const places = placesOf(['Código', 'LISTING_URL', ' Precio ', 'metros_cuadrados', 'superficie', 'id'])
  expect(places).toMatchObject({ id: 5, url: 1, price: 2, area: 4, latitude: -1 })
})

test.each([
  ['https://www.lamudi.com.mx/detalle/1?utm_source=x#fotos', 'lamudi.com.mx/detalle/1'],
  ['http://LAMUDI.com.mx/detalle/1/', 'lamudi.com.mx/detalle/1'],
  ['https://a.mx/ver?id=12', 'https://a.mx/ver?id=12'],
  ['/detalle/1', '/detalle/1'],
])('%s is known as %s', (address, known) => {
  expect(canonical(address)).toBe(known)
})
