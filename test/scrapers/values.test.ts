import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  amount,
  area,
  areaOf,
  bathrooms,
  before,
  degrees,
  encodedDegrees,
  least,
  span,
  splitBathrooms,
} from '../../scrapers/kit/measure.ts'
import { firstText, load } from '../../scrapers/kit/css.ts'
import { asking, currency, isPrice, price } from '../../scrapers/kit/money.ts'
import { identifier, joined, prose, text } from '../../scrapers/kit/text.ts'

test.for([
  ['MN 15,900,000', 15_900_000, 'MXN', undefined],
  ['USD 250,000', 250_000, 'USD', undefined],
  ['U$S 1,250.50', 1250.5, 'USD', undefined],
  ['US$ 90,000', 90_000, 'USD', undefined],
  ['desde MN 2,300,000', 2_300_000, 'MXN', 'sí'],
  ['Desde USD 99,000', 99_000, 'USD', 'sí'],
  ['DLLS 2,000', 2000, 'USD', undefined],
  ['U.S. $ 3,000', 3000, 'USD', undefined],
  ['MN 2,300,000 - 4,100,000', 2_300_000, 'MXN', 'sí'],
  ['$18,500 MXN', 18_500, 'MXN', undefined],
  ['renta MN 12,000', 12_000, 'MXN', undefined],
  ['$ 1,000.', 1000, 'MXN', undefined],
  ['entre $1,500,000 y $2,100,000', 1_500_000, 'MXN', 'sí'],
  ['$2.5 mdp', 2_500_000, 'MXN', undefined],
  ['desde 1.35 MDD', 1_350_000, 'USD', 'sí'],
  ['3 millones de pesos', 3_000_000, 'MXN', undefined],
  ['2,5 mdp', 2_500_000, 'MXN', undefined],
  ['de 2,5 a 3 mdp', 2_500_000, 'MXN', 'sí'],
  ['$2,500 mdp', 2_500_000_000, 'MXN', undefined],
  ['2.500 mdp', 2_500_000, 'MXN', undefined],
  ['12,500.50', 12_500.5, 'MXN', undefined],
  ['EUR 250,000', 250_000, 'EUR', undefined],
  ['€ 250.000', 250_000, 'EUR', undefined],
  ['1.250.000,50 €', 1_250_000.5, 'EUR', undefined],
  ['desde 99,000 euros', 99_000, 'EUR', 'sí'],
  ['CAD $310,000', 310_000, 'CAD', undefined],
  ['$310,000 CAD', 310_000, 'CAD', undefined],
  ['GBP: 90,000', 90_000, 'GBP', undefined],
  ['MN 4,500,000 (USD 250,000)', 4_500_000, 'MXN', 'sí'],
  ['£ 90,000', 90_000, undefined, undefined],
  ['R$ 90,000', 90_000, undefined, undefined],
  ['REN 12,000', 12_000, 'MXN', undefined],
  ['$12,000 all included', 12_000, 'MXN', undefined],
  ['$ 350 por m²', undefined, undefined, undefined],
  ['$350/m2', undefined, undefined, undefined],
  ['$ 9,999,999 MXN', 9_999_999, 'MXN', undefined],
  ['USD 999,999', 999_999, 'USD', undefined],
  ['Desde $ 6,499,999 MXN', 6_499_999, 'MXN', 'sí'],
  ['Departamentos desde USD 257,040', 257_040, 'USD', 'sí'],
  ['Departamentos desdeUSD 257,040', 257_040, 'USD', 'sí'],
  ['257,040USD', 257_040, 'USD', undefined],
  ['MN95,000', 95_000, 'MXN', undefined],
  ['MN 95,000 / mes', 95_000, 'MXN', undefined],
  ['$ 28.04 mil MN', 28_040, 'MXN', undefined],
  ['USD 2,500 mil', 2_500_000, 'USD', undefined],
  ['de 28 a 30 mil pesos', 28_000, 'MXN', 'sí'],
  ['1 millón 250 mil pesos', 1_250_000, 'MXN', undefined],
  ['$ 3.2 M', 3_200_000, 'MXN', undefined],
  ['$ 3,200 M.N.', 3200, 'MXN', undefined],
  ["$2'500,000.00", 2_500_000, 'MXN', undefined],
  ['$ 1 250 000', 1_250_000, 'MXN', undefined],
  ['27 departamentos desde USD 257,040', 257_040, 'USD', 'sí'],
  ['3 recámaras, MN 4,500,000', 4_500_000, 'MXN', undefined],
  ['MN 4,500,000 casa de 200 m2', 4_500_000, 'MXN', undefined],
  ['MN 4,500,000 · MN 25,000/m²', 4_500_000, 'MXN', undefined],
  ['MN 5,900,000 MN 2,500 Mantenimiento', 5_900_000, 'MXN', undefined],
  ['MN 2,500 Mantenimiento', 2500, 'MXN', undefined],
  ['venta MN 11,500,000', 11_500_000, 'MXN', undefined],
  ['Consultar precio', undefined, undefined, undefined],
  ['Consultar precios', undefined, undefined, undefined],
  ['Consultar al 33 1234 5678', undefined, undefined, undefined],
  ['Consultar precio, 3 rec.', undefined, undefined, undefined],
  ['MN 1', undefined, undefined, undefined],
  ['USD 1.00', undefined, undefined, undefined],
  ['MN 25,000 x m2', undefined, undefined, undefined],
  ['a consultar', undefined, undefined, undefined],
  ['Precio a consultar', undefined, undefined, undefined],
  ['MN 0', undefined, undefined, undefined],
  ['', undefined, undefined, undefined],
  [undefined, undefined, undefined, undefined],
] as const)('price %j is %s %s', ([written, precio, moneda, desde]) => {
  expect(price(written)).toEqual({ precio, moneda, desde })
})

test('every price comes back from the way Mexico or Europe writes it', () => {
  const anyCode = fc.constantFrom('MXN', 'USD', 'EUR', 'CAD', 'COP', 'CHF')
  const anyLocale = fc.constantFrom('en-US', 'de-DE')
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 10 ** 10 }),
      anyCode,
      anyLocale,
      fc.boolean(),
      (units, moneda, locale, codeFirst) => {
        const number = units.toLocaleString(locale)
        const written = codeFirst ? `${moneda} ${number}` : `${number} ${moneda}`
        expect(price(written)).toEqual({ precio: units, moneda, desde: undefined })
      },
    ),
  )
})

test.for([
  [13_850_000, 13_850_000],
  ['13850000', 13_850_000],
  ['11,500,000.00', 11_500_000],
  ['MN 11,500,000', 11_500_000],
  [{ from: 5_000_000, to: 7_000_000 }, 5_000_000],
  [1, undefined],
  ['0', undefined],
  ['Consultar precio', undefined],
  [null, undefined],
] as const)('the amount %j asks %s', ([value, expected]) => {
  expect(asking(value)).toBe(expected)
})

test.for([
  ['MN 5,900,000', true],
  ['Departamentos desde USD 257,040', true],
  ['$ 28.04 mil MN', true],
  ['Venta MN 11,500,000', true],
  ['Consultar precio', true],
  ['MN 1', true],
  ['Casa en venta', false],
  ['Casa 3 recámaras', false],
  ['Torre 112', false],
  ['Casa en venta, MN 5,900,000', false],
  ['Puerta de Hierro, Zapopan', false],
  ['', false],
  [undefined, false],
] as const)('%j is a price and no name: %s', ([written, expected]) => {
  expect(isPrice(written)).toBe(expected)
})

test.for([
  ['MjAuNjgwNjQz', 20.680643],
  ['LTEwMy4zOTgzMTM=', -103.398313],
  ['MA==', undefined],
  ['20.68', undefined],
  ['', undefined],
  [undefined, undefined],
] as const)('%j encodes the degrees %s', ([value, expected]) => {
  expect(encodedDegrees(value)).toBe(expected)
})

test.for([
  ['eur', 'EUR'],
  ['MN', 'MXN'],
  ['MXN', 'MXN'],
  ['pesos', 'MXN'],
  ['Dólares', 'USD'],
  ['$', 'MXN'],
  ['€', 'EUR'],
  ['XQZ', undefined],
  [7, undefined],
] as const)('the currency %j is %s', ([written, expected]) => {
  expect(currency(written)).toBe(expected)
})

test.for([
  ['1,250 m² lote', 'lote', 1250],
  ['250m2 tot.', 'tot', 250],
  ['250 mts2 lote', 'lote', 250],
  ['1,000 metros cuadrados', '', 1000],
  ['2.5 ha lote', 'lote', 25_000],
  ['1.1 hectáreas de terreno', 'de', 11_000],
  ['1 a 3 ha lote', 'lote', '10000-30000'],
  ['2,5 ha', '', 25_000],
  ['1 ha 2,000 m²', '', 12_000],
  ['1 ha 2,000 m² lote · 180 m² constr.', 'lote', 12_000],
  ['1 ha 2,000 m² lote · 180 m² constr.', 'constr', 180],
  ['1.5 hectáreas y 300 m2 de terreno', 'de', 15_300],
  ['2 ha 20,000 m²', '', 20_000],
  ['3 habitaciones', '', undefined],
  ['45 a 120 m² constr.', 'constr', '45-120'],
  ['300 m² lote · 180 m² constr.', 'constr', 180],
  ['180 m² constr.', 'lote', undefined],
  ['350 m²', '', 350],
  ['1,300 m²', '', 1300],
  ['200 m 2', '', 200],
  ['9 ha', '', 90_000],
  ['20,000 sqm', '', 20_000],
  ['250 sq. m', '', 250],
  ['58 a 145 m² tot.', 'tot', '58-145'],
  ['58 m² a 145 m² tot.', 'tot', '58-145'],
  ['de 58 hasta 145 m²', '', '58-145'],
  ['10 metros de frente · 200 m²', '', 200],
  ['A estrenar', '', undefined],
  ['En construcción', '', undefined],
] as const)('area of %j (%s) is %s', ([written, what, expected]) => {
  expect(area(what, written)).toBe(expected)
})

test.for([
  ['2 baños', 2, undefined],
  ['2.5 baños', 2, 1],
  ['2½ baños', 2, 1],
  ['3 1/2 baños', 3, 1],
  ['½ baño', undefined, 1],
  ['2 baños y medio', 2, 1],
  ['3 baños · 1 medio baño', 3, 1],
  ['1 medio baño', undefined, 1],
  ['2 medios baños', undefined, 2],
  ['2 baños y 1 medio', 2, 1],
  ['Un medio baño', undefined, 1],
  ['2 1/2', undefined, undefined],
  ['A estrenar', undefined, undefined],
  ['1 a 2 baños', '1-2', undefined],
  ['sin dato', undefined, undefined],
] as const)('bathrooms of %j are %s and %s half', ([written, full, half]) => {
  expect(bathrooms(written)).toEqual({ full, half })
})

test.for([
  [180, 180],
  ['180', 180],
  ['180 m²', 180],
  ['2 ha', 20_000],
  [{ from: 60, to: 90 }, '60-90'],
  [{ '@type': 'QuantitativeValue', value: 120, unitCode: 'MTK' }, 120],
  [{ value: '1.5', unitCode: 'HAR' }, 15_000],
  [{ value: 2, unitText: 'hectáreas' }, 20_000],
  [{ value: 1000, unitCode: 'FTK' }, 92.9],
  [{ value: '90 m²' }, 90],
  [{ value: 0 }, undefined],
  [{ value: null }, undefined],
  [null, undefined],
] as const)('area of the value %j is %s m²', ([value, expected]) => {
  expect(areaOf(value)).toBe(expected)
})

test.for([
  [2.5, 2, 1],
  [3, 3, undefined],
  [0.5, undefined, 1],
  ['1-2', '1-2', undefined],
  [undefined, undefined, undefined],
] as const)('%s bathrooms are %s and %s half', ([count, full, half]) => {
  expect(splitBathrooms(count)).toEqual({ full, half })
})

test('a number stands before its unit', () => {
  expect(before('rec', '300 m² lote · 3 rec. · 2 estac.')).toBe(3)
  expect(before('rec', '1 a 3 rec.')).toBe('1-3')
  expect(before('rec', '1 rec. a 3 rec.')).toBe('1-3')
  expect(before('rec', '1 recámara - 3 recámaras')).toBe('1-3')
  expect(before('estac', '2 Estacionamientos')).toBe(2)
  expect(before('un\\b', '27 un. 1 a 3 rec.')).toBe(27)
  expect(before('a[ñn]os', 'A estrenar')).toBeUndefined()
  expect(before('estac', '3 rec.')).toBeUndefined()
})

test.for([
  [3, 3],
  ['3', 3],
  ['1,250', 1250],
  ['2½', 2.5],
  ['A estrenar', undefined],
  ['En construcción', undefined],
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

  test('is left as it is only where there is nothing to clean', () => {
    const units = ['a', 'ñ', '²', ' ', '\t', '\u00a0', '\u00ad', '\u200b', '\u0085', '\ud800', '中']
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...units) }), (anything) => {
        const seen = anything.replaceAll('\u200b', ' ').replaceAll('\u00ad', '')
        const clean = seen.replace(/[\p{Cc}\p{Cs}\p{Z}\s]+/gu, ' ').trim()
        // Where a line may break, a word of small letters goes on.
        const words = (shown: string | undefined) => shown?.replaceAll(/ (?=[añ])/g, '')
        expect(words(text(anything))).toBe(words(clean || undefined))
      }),
    )
  })

  test.for([
    ['<b>Casa</b> &amp; jardín', 'Casa & jardín'],
    ['Única<br>vista', 'Única vista'],
    ['<p></p>', undefined],
    ['<p>Casa</p><p>Jard&iacute;n 3 m<sup>2</sup></p>', 'Casa Jardín 3 m2'],
    ['&lt;p&gt;Casa&lt;/p&gt; &amp;ntilde; 200 m&sup2; &#241;', 'Casa ñ 200 m² ñ'],
    ['Casa<script>alert("<b>")</script><!-- <b> x -->, jardín', 'Casa, jardín'],
    ['3 < 4 y 5 > 2', '3 < 4 y 5 > 2'],
    ['<constructor>Casa', 'Casa'],
    [7, undefined],
  ] as const)('prose of %j', ([written, expected]) => {
    expect(prose(written)).toBe(expected)
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

test.for([
  ['<span>Departamentos desde</span>USD 257,040', 'Departamentos desde USD 257,040'],
  ['<li>3</li><li>2</li>', '3 2'],
  ['<div>3</div>2', '3 2'],
  ['3<br>2', '3 2'],
  ['3<img src="x">2', '3 2'],
  ['<td>3</td><td>2</td>', '3 2'],
  ['<span>3</span><span>2</span>', '3 2'],
  ['<x-price>3</x-price><x-rooms>2</x-rooms>', '3 2'],
  ['<a>Casas</a><a>Lotes</a>', 'Casas Lotes'],
  ['<b>1</b>2', '12'],
  ['<b>15</b>,900<em>,000</em>', '15,900,000'],
  ['<b>1</b><b>2</b>', '1 2'],
  ['<strong>Desde</strong>USD 5', 'Desde USD 5'],
  ['2<i class="icon"></i>3', '2 3'],
  ['<b>D</b>epartamento', 'Departamento'],
  ['200 m<sup>2</sup>', '200 m2'],
  ['depar<wbr>tamento', 'departamento'],
  ['1<!-- -->2<!-- --> <!-- -->rec', '12 rec'],
  ['<span>Centro</span>, <span>Zapopan</span>', 'Centro, Zapopan'],
  ['(<span>3</span>)', '(3)'],
  ['a&nbsp;b', 'a b'],
  ['desde&#8203;USD 15,&#8203;900', 'desde USD 15,900'],
  ['depar&shy;ta&#8205;mento', 'departamento'],
  ['<style>.a{}</style>MN 5<script>x = 1</script>', 'MN 5'],
  ['<p>a</p> <p>b</p>', 'a b'],
] as const)('the words of %s are %j, selected or in a text', ([html, words]) => {
  const $ = load(`<main>${html}</main>`)
  expect(firstText($, 'main')).toBe(words)
  expect(prose(`<p>${html}</p>`)).toBe(words)
})

test('whatever elements hold two values, the values stay two', () => {
  const element = fc.constantFrom('span', 'li', 'div', 'b', 'td', 'p', 'a', 'strong', 'h2', 'label', 'x-y')
  const value = fc.stringMatching(/^[a-z0-9]{1,5}$/)
  fc.assert(
    fc.property(fc.array(fc.tuple(element, value), { minLength: 1 }), (cells) => {
      const html = cells.map(([name, each]) => `<${name}>${each}</${name}>`).join('')
      expect(firstText(load(`<main>${html}</main>`), 'main')).toBe(cells.map(([, each]) => each).join(' '))
    }),
  )
})
