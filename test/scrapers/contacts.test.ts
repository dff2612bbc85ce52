import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutContacts } from '../../scrapers/kit/contacts.ts'
import { sheetOf } from '../../scrapers/kit/sheet.ts'

test.for([
  ['Informes al 33 1234 5678.', 'Informes al […].'],
  ['Tel. (33) 1234-5678 o +52 33 1234 5678', 'Tel. […] o […]'],
  ['WhatsApp 3312345678, 331-234-5678', 'WhatsApp […], […]'],
  ['33 12 34 56 78', '[…]'],
  ['33 12 34 5678, 33 1234 56 78 o 331 234 56 78', '[…], […] o […]'],
  ['Tel. 3312345678/3387654321', 'Tel. […]/[…]'],
  ['3312345678,3387654321', '[…],[…]'],
  ['33 1234 5678,33 8765 4321', '[…],[…]'],
  ['0443312345678, 01 33 1234 5678', '[…], […]'],
  ['de $1,250,000,000 a 12,345,678,901', 'de $1,250,000,000 a 12,345,678,901'],
  ['1234567890,50 en 20.6736123456', '1234567890,50 en 20.6736123456'],
  ['Escriba a ventas.gdl@casa.com.mx ya', 'Escriba a […] ya'],
  ['Precio $15,900,000 por 1,250 m², 2026-03-14', 'Precio $15,900,000 por 1,250 m², 2026-03-14'],
] as const)('without contacts: %j', ([written, expected]) => {
  expect(withoutContacts(written)).toBe(expected)
})

test('no ten digits in a row survive', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[1-9]\d{9}$/),
      fc.constantFrom('Tel ', 'al: ', ''),
      (digits, before10) => {
        expect(withoutContacts(`${before10}${digits} gracias`)).toBe(`${before10}[…] gracias`)
      },
    ),
  )
})

const row = {
  id: '3312345678',
  url: 'https://casa.mx/p/3312345678',
  nombre: 'Casa, 33 1234 5678',
  agencia: 'Casas (ventas@casa.mx)',
  telefono: '33 1234 5678',
  correo: 'ventas@casa.mx',
} as const

test('contacts leave every text of a row, but no key and no address', () => {
  const { columns, finish } = sheetOf({ more: ['agencia'] }, false)
  expect(columns).not.toContain('telefono')
  expect(named(columns, finish(row))).toMatchObject({
    id: row.id,
    url: row.url,
    nombre: 'Casa, […]',
    agencia: 'Casas ([…])',
  })
})

test('contacts stay where the operator wants them', () => {
  const { columns, finish } = sheetOf({ more: ['agencia'] }, true)
  expect(columns).toEqual(expect.arrayContaining(['agencia', 'telefono', 'correo']))
  expect(named(columns, finish(row))).toEqual(row)
})

test('columns of earlier files repeat those of today', () => {
  const { columns, finish } = sheetOf({ earlier: { codigo: 'id' } }, false)
  expect(columns.slice(-1)).toEqual(['codigo'])
  expect(named(columns, finish({ id: '7' }))).toEqual({ id: '7', codigo: '7' })
})

/** Cells by the names of their columns, without the empty ones. */
function named(columns: readonly string[], cells: readonly unknown[]) {
  return Object.fromEntries(
    columns.map((name, at) => [name, cells[at]]).filter(([, cell]) => cell !== undefined),
  )
}
