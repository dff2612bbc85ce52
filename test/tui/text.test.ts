import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { safe } from '../../src/domain/safe.ts'
import { fit, width } from '../../src/tui/text.ts'

describe('fit', () => {
  test.each([
    ['Gdl', 5, 'left', 'Gdl  '],
    ['42', 5, 'right', '   42'],
    ['Ixtlahuacán', 6, 'left', 'Ixtla…'],
    ['ñandú', 5, 'left', 'ñandú'],
    ['再試行', 6, 'left', '再試行'],
    ['再試行', 4, 'left', '再 …'],
    ['再試行', 5, 'left', '再試…'],
    ['abc', 1, 'left', '…'],
    ['abc', 0, 'left', ''],
    ['', 3, 'right', '   '],
  ] as const)('%j in %i cells, %s', (text, cells, align, expected) => {
    expect(fit(text, cells, align)).toBe(expected)
  })

  test('takes exactly its cells, whatever the text', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })).map(safe)
    fc.assert(
      fc.property(text, fc.nat(40), fc.constantFrom('left', 'right'), (value, cells, align) => {
        expect(stringWidth(fit(value, cells, align))).toBe(cells)
      }),
    )
  })
})

test('what is taken for narrow is so by the library that measures the rest, character by character', () => {
  const characters = Array.from({ length: 0x3000 - 0x20 }, (_, index) =>
    safe(String.fromCharCode(0x20 + index)),
  )
  expect(characters.map(width)).toEqual(characters.map((character) => stringWidth(character)))
})
