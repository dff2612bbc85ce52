import fc from 'fast-check'
import { expect, test } from 'vitest'
import { counted, counter } from '../../scrapers/kit/counter.ts'
import { day, daysAgo } from '../../scrapers/kit/dates.ts'
import { dayOfUuid } from '../../scrapers/kit/uuid.ts'

/** In Mexico it is still the 15th, 20:30. */
const NOW = new Date('2026-03-16T02:30:00Z')

test.for([
  ['2026-01-31', '2026-01-31'],
  ['2026-01-31T12:00:00', '2026-01-31'],
  ['2026-02-01T03:00:00Z', '2026-01-31'],
  ['2026-01-31T23:00:00-06:00', '2026-01-31'],
  [1_769_929_200_000, '2026-02-01'],
  ['31/01/2026', '2026-01-31'],
  ['Publicado el 5-9-2025', '2025-09-05'],
  ['14 de marzo de 2026', '2026-03-14'],
  ['14 mar 2026', '2026-03-14'],
  ['hoy', '2026-03-15'],
  ['Publicado ayer', '2026-03-14'],
  ['Publicado hace 3 días', '2026-03-12'],
  ['hace 1 dia', '2026-03-14'],
  ['Hace 2 semanas', '2026-03-01'],
  ['hace un mes', '2026-02-15'],
  ['hace 13 meses', '2025-02-15'],
  ['hace 1 año', '2025-03-15'],
  ['hace 21 horas', '2026-03-14'],
  ['hace 5 minutos', '2026-03-15'],
  ['2026-07-23T14:29:13-0400', '2026-07-23'],
  ['2026-07-23T01:30:00-0400', '2026-07-22'],
  ['2026-07-23 01:30:00.000+0000', '2026-07-22'],
  [1_692_676_800_000, '2023-08-21'],
  ['1692676800000', '2023-08-21'],
  ['19/02/22', '2022-02-19'],
  ['19/02/98', '1998-02-19'],
  ['06/07/2025', '2025-07-06'],
  ['Actualizado 19/02/22 10:30', '2022-02-19'],
  ['14 de marzo del 2026', '2026-03-14'],
  ['14-mar-2026', '2026-03-14'],
  ['9 meses en Propiedades.com', '2025-06-15'],
  ['9 meses …', '2025-06-15'],
  ['11 días', '2026-03-04'],
  ['Publicado 11 días', '2026-03-04'],
  ['antier', '2026-03-13'],
  ['más de 30 días', undefined],
  ['+30 días', undefined],
  ['Entrega en 6 meses', undefined],
  ['10-11-12-13', undefined],
  ['25/13/22', undefined],
  ['3 recámaras', undefined],
  ['En construcción', undefined],
  ['hace más de 30 días', undefined],
  ['31/02/2026', undefined],
  ['2026-13-01', undefined],
  ['1/1/0001', undefined],
  ['A estrenar', undefined],
  [3, undefined],
  [null, undefined],
] as const)('the day of %j is %s', ([written, expected]) => {
  expect(day(written, NOW)).toBe(expected)
})

test('the last day of a shorter month stands for a day that it has not', () => {
  expect(day('hace 1 mes', new Date('2026-03-31T18:00:00Z'))).toBe('2026-02-28')
  expect(day('hace 24 meses', new Date('2026-02-28T18:00:00Z'))).toBe('2024-02-28')
})

test('every day comes back from the ways to write it, and so many days ago is one earlier', () => {
  const days = fc.date({ min: new Date('1995-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 3000 }), (date, count) => {
      const iso = date.toISOString().slice(0, 10)
      const [year = '', month = '', dayOfMonth = ''] = iso.split('-')
      expect(day(iso, NOW)).toBe(iso)
      expect(day(`${dayOfMonth}/${month}/${year}`, NOW)).toBe(iso)
      const noon = new Date(`${iso}T18:00:00Z`)
      const earlier = new Date(noon.getTime() - count * 86_400_000).toISOString().slice(0, 10)
      expect(day(`hace ${count} días`, noon)).toBe(earlier)
      expect(daysAgo(String(count), noon)).toBe(earlier)
    }),
  )
})

test('what is no count of days is no day', () => {
  expect([-1, 1.5, '', 'tres', null, 1e9].map((count) => daysAgo(count, NOW))).toEqual(
    Array.from({ length: 6 }, () => undefined),
  )
})

test.for([
  ['4,849 Departamentos en venta en Zapopan - Inmuebles24', 4849],
  ['1772 Casas en Venta en Zapopan', 1772],
  ['0 casas', 0],
  ['Más de 1,000 casas en Guadalajara', 1000],
  ['1 - 30 de 1,204 resultados', 1204],
  ['Mostrando 31 a 60 de 90 anuncios', 90],
  ['Página 1 de 40', undefined],
  ['1 de 40', undefined],
  [' 80,470 resultados', 80_470],
  ['4,849 Casas en venta', 4849],
  ['Mostrando 1-30 de 3.377', 3377],
  ['Mostrando 1 - 30 de más de 1,000', 1000],
  ['Casas en venta en Zapopan: 1,772 inmuebles', 1772],
  ['Venta de casas en Zapopan - 3,400 casas | Trovit', 3400],
  ['Casas en venta (1,204)', 1204],
  ['Página 2 de 40 · 1,204 casas', 1204],
  ['Casas de 3 recámaras en venta: 240 anuncios', 240],
  ['1 casa en venta', 1],
  ['2026 casas en venta', 2026],
  ['3 recámaras en Zapopan', undefined],
  ['2026 en Zapopan', undefined],
  ['2026 | Lamudi', undefined],
  ['Casas en venta en Zapopan 2026', undefined],
  ['Noviembre 2026: casas en venta', undefined],
  ['Casas desde $1,200,000', undefined],
  ['Casas (2026)', undefined],
  ['24 de noviembre de 2026', undefined],
  ['Página 2026 de 3,000', undefined],
  ['Casas en venta', undefined],
  ['', undefined],
  [undefined, undefined],
] as const)('the heading %j counts %s', ([heading, expected]) => {
  expect(counter(heading)).toBe(expected)
})

test('a key of UUID version 7 tells the day it was made, no other key does', () => {
  const now = new Date('2026-11-20T12:00:00Z')
  expect(dayOfUuid('019c26ce-4484-71f0-a8b1-d186d3fad201', now)).toBe('2026-02-03')
  expect(dayOfUuid('019C26CE448471F0A8B1D186D3FAD201', now)).toBe('2026-02-03')
  const others = [
    'd3228c77-a715-46cb-82db-ecc04001fe48',
    '41032-73-aaaa0001-44cd-19c2717-a8fa-7231',
    '019c26ce-4484-71f0-c8b1-d186d3fad201',
    '00000000-0000-7000-8000-000000000000',
    'ffffffff-ffff-7fff-bfff-ffffffffffff',
    '',
    undefined,
  ]
  for (const other of others) expect(dayOfUuid(other, now)).toBeUndefined()
  const moments = fc.date({ min: new Date('2020-01-01'), max: now, noInvalidDate: true })
  fc.assert(
    fc.property(moments, fc.uuid({ version: 7 }), (made, uuid) => {
      const time = made.getTime().toString(16).padStart(12, '0')
      const key = `${time.slice(0, 8)}-${time.slice(8)}${uuid.slice(13)}`
      expect(dayOfUuid(key, now)).toBe(day(made.getTime(), now))
    }),
  )
})

test.for([
  ['80,470', 80_470],
  ['3.377', 3377],
  ['1 204', 1204],
  ['más de 1,000', 1000],
  ['1,000+', 1000],
  ['4,849 Casas en venta', 4849],
  [17_865, 17_865],
  [0, 0],
  ['Página 1 de 40', undefined],
  [-1, undefined],
  [1.5, undefined],
  [null, undefined],
] as const)('an element that should hold a count, %j, holds %s', ([element, expected]) => {
  expect(counted(element)).toBe(expected)
})

test('every count comes back from a heading', () => {
  const nouns = fc.constantFrom('casas', 'Departamentos', 'resultados', 'Locales comerciales', 'terrenos')
  const locales = fc.constantFrom('en-US', 'de-DE')
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 7 }), nouns, locales, (count, noun, locale) => {
      const written = count.toLocaleString(locale)
      expect(counter(`${written} ${noun} en venta en Zapopan`)).toBe(count)
      expect(counter(`Inmuebles en Zapopan - ${written} ${noun} en venta | Portal`)).toBe(count)
      expect(counter(`Mostrando 1 - 30 de ${written} ${noun}`)).toBe(count)
      expect(counted(written)).toBe(count)
    }),
  )
})
