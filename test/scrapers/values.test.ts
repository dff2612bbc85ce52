import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amount, area, bathrooms, before, degrees, least, span } from '../../scrapers/kit/measure.ts'
import { price } from '../../scrapers/kit/money.ts'
import { identifier, joined, prose, text } from '../../scrapers/kit/text.ts'

test.for([
  ['MN 15,900,000', 15_900_000, 'MXN', undefined],
  ['USD 250,000', 250_000, 'USD', undefined],
  ['U$S 1,250.50', 1250.5, 'USD', undefined],
  ['US$ 90,000', 90_000, 'USD', undefined],
  ['desde MN 2,300,000', 2_300_000, 'MXN', 'sí'],
  ['Desde USD 99,000', 99_000, 'USD', 'sí'],
  ['MN 2,300,000 - 4,100,000', 2_300_000, 'MXN', 'sí'],
  ['$18,500 MXN', 18_500, 'MXN', undefined],
  ['renta MN 12,000', 12_000, 'MXN', undefined],
  ['$ 1,000.', 1000, 'MXN', undefined],
  ['a consultar', undefined, undefined, undefined],
  ['', undefined, undefined, undefined],
  [undefined, undefined, undefined, undefined],
] as const)('price %j is %s %s', ([written, precio, moneda, desde]) => {
  expect(price(written)).toEqual({ precio, moneda, desde })
})

test('every price comes back from the way Mexico writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 10 }), fc.constantFrom('MXN', 'USD'), (pesos, moneda) => {
      const written = `${moneda === 'USD' ? 'USD' : 'MN'} ${pesos.toLocaleString('en-US')}`
      expect(price(written)).toEqual({ precio: pesos, moneda, desde: undefined })
    }),
  )
})

test.for([
  ['1,250 m² lote', 'lote', 1250],
  ['250m2 tot.', 'tot', 250],
  ['2.5 ha lote', 'lote', 25_000],
  ['45 a 120 m² constr.', 'constr', '45-120'],
  ['300 m² lote · 180 m² constr.', 'constr', 180],
  ['180 m² constr.', 'lote', undefined],
] as const)('area of %j (%s) is %s', ([written, what, expected]) => {
  expect(area(what, written)).toBe(expected)
})

test.for([
  ['2 baños', 2, undefined],
  ['2.5 baños', 2, 1],
  ['2½ baños', 2, 1],
  ['3 baños · 1 medio baño', 3, 1],
  ['1 medio baño', undefined, 1],
  ['2 medios baños', undefined, 2],
  ['1 a 2 baños', '1-2', undefined],
  ['sin dato', undefined, undefined],
] as const)('bathrooms of %j are %s and %s half', ([written, full, half]) => {
  expect(bathrooms(written)).toEqual({ full, half })
})

test('a number stands before its unit', () => {
  expect(before('rec', '300 m² lote · 3 rec. · 2 estac.')).toBe(3)
  expect(before('rec', '1 a 3 rec.')).toBe('1-3')
  expect(before('estac', '3 rec.')).toBeUndefined()
})

test.for([
  [3, 3],
  ['3', 3],
  ['1,250', 1250],
  [{ from: 2, to: 4 }, '2-4'],
  [{ from: 2, to: 2 }, 2],
  [{ from: 2 }, 2],
  [0, undefined],
  [null, undefined],
  ['tres', undefined],
  [Number.NaN, undefined],
  [[], undefined],
] as const)('span of %j is %s', ([value, expected]) => {
  expect(span(value)).toBe(expected)
})

test('least is the lower end, coordinates are degrees that were set', () => {
  expect([least({ from: 5, to: 9 }), least(7), least({ to: 9 })]).toEqual([5, 7, undefined])
  expect([degrees('20.6'), degrees(-103.4), degrees(0), degrees(''), degrees(4000)]).toEqual([
    20.6,
    -103.4,
    undefined,
    undefined,
    undefined,
  ])
  expect([amount('12,500.75'), amount('12.'), amount('a'), amount(undefined)]).toEqual([
    12_500.75,
    12,
    undefined,
    undefined,
  ])
})

describe('text', () => {
  test('is one clean line, whatever comes in', () => {
    expect(text('  Única \n\t casa\u0000\u202e  ')).toBe('Única casa')
    expect([text(7), text(' '), text(null), text({})]).toEqual(['7', undefined, undefined, undefined])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (anything) => {
        expect(text(anything) ?? '').not.toMatch(/[\p{Cc}\p{Cf}\n]|^\s|\s$/u)
      }),
    )
  })

  test.for([
    ['Informes al 33 1234 5678.', 'Informes al […].'],
    ['Tel. (33) 1234-5678 o +52 33 1234 5678', 'Tel. […] o […]'],
    ['WhatsApp 3312345678, 331-234-5678', 'WhatsApp […], […]'],
    ['33 12 34 56 78', '[…]'],
    ['Escriba a ventas.gdl@casa.com.mx ya', 'Escriba a […] ya'],
    ['Precio $15,900,000 por 1,250 m², 2026-03-14', 'Precio $15,900,000 por 1,250 m², 2026-03-14'],
    ['<b>Casa</b> &amp; jardín', 'Casa & jardín'],
  ] as const)('prose of %j', ([written, expected]) => {
    expect(prose(written)).toBe(expected)
  })

  test('no ten digits in a row survive prose', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9]\d{9}$/),
        fc.constantFrom('Tel ', 'al: ', ''),
        (digits, before10) => {
          expect(prose(`${before10}${digits} gracias`)).toBe(`${before10}[…] gracias`)
        },
      ),
    )
  })

  test('joined and identifier take what is there', () => {
    expect(joined('Centro', undefined, ' Tonalá ')).toBe('Centro, Tonalá')
    expect(joined(undefined, '')).toBeUndefined()
    expect([
      identifier(123),
      identifier('MX-1_a'),
      identifier('../x'),
      identifier('-1'),
      identifier({}),
    ]).toEqual(['123', 'MX-1_a', undefined, undefined, undefined])
  })
})
