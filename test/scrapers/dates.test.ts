import fc from 'fast-check'
import { expect, test } from 'vitest'
import { counter } from '../../scrapers/kit/counter.ts'
import { day, daysAgo } from '../../scrapers/kit/dates.ts'

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
  ['Casas en venta', undefined],
  ['', undefined],
  [undefined, undefined],
] as const)('the heading %j counts %s', ([heading, expected]) => {
  expect(counter(heading)).toBe(expected)
})
