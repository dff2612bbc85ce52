import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from '../../src/domain/nearest.ts'
import { NameBook } from '../../src/plan/names.ts'
import { fold, quote, repairEncoding } from '../../src/plan/text.ts'

const broken = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

test.each([
  'Juanacatlán',
  'Ixtlahuacán de los Membrillos',
  'Tlajomulco de Zúñiga',
  'Ático',
  'Dúplex',
  'Desván',
  'Tonalá',
])('double-encoded %s is repaired, and right text is left alone', (name) => {
  expect(repairEncoding(broken(name))).toBe(name)
  expect(repairEncoding(name)).toBe(name)
})

test.each(['Zuñiga', 'Ã', 'Ã¡ and €', 'año Ã', '', 'Â'])('%j stays', (text) => {
  expect(repairEncoding(text)).toBe(text)
})

test('whatever is double-encoded comes back, and ASCII is never touched', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/[\u0080-\u00ff]/.test(text))
      expect(repairEncoding(broken(text))).toBe(text)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(repairEncoding(text)).toBe(text)
    }),
  )
})

test.each([
  ['Casas_y_terrenos', 'casas y terrenos'],
  ['  IXTLAHUACÁN  de\tlos -- membrillos ', 'ixtlahuacan de los membrillos'],
  ['Naves/Bodegas', 'naves/bodegas'],
  ['venta-d', 'venta d'],
  ['Zu\u0303niga', 'zuniga'],
])('%j folds to %j', (text, folded) => {
  expect(fold(text)).toBe(folded)
  expect(fold(fold(text))).toBe(folded)
})

test('a foreign text is quoted in one short line', () => {
  expect(quote('a\n"b"\u001b[2J')).toBe('"a\\n\\"b\\"\\u001b[2J"')
  expect(quote('x'.repeat(1000))).toHaveLength(62)
})

test.each([
  ['Zapopam', 'Zapopan'],
  ['guadalajar', 'Guadalajara'],
  ['Springfield', undefined],
  ['', undefined],
  ['Ton', undefined],
])('nearest to %j is %j', (word, expected) => {
  expect(nearest(word, ['Zapopan', 'Guadalajara', 'Tonala'])).toBe(expected)
})

test('a name goes before a code of the same spelling, and a later name before an earlier one', () => {
  const book = new NameBook()
  book.add('Quinta', 'Casa')
  book.add('Casa', 'Cas')
  expect(['quinta', 'CASA', 'cas', 'x'].map((text) => book.find(text))).toEqual([
    'Casa',
    'Cas',
    'Cas',
    undefined,
  ])
  book.add('casa', 'New')
  expect(book.suggest('caza')).toEqual({ name: 'casa', code: 'New' })
})
