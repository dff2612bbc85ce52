import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { createReadable } from '../../src/tui/readable.ts'
import { fit, width } from '../../src/tui/text.ts'

const readable = createReadable(false)

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
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })).map(readable)
    fc.assert(
      fc.property(text, fc.nat(40), fc.constantFrom('left', 'right'), (value, cells, align) => {
        expect(stringWidth(fit(value, cells, align))).toBe(cells)
      }),
    )
  })
})

test('what is taken for narrow is so by the library that measures the rest, character by character', () => {
  const characters = Array.from({ length: 0x3000 - 0x20 }, (_, index) =>
    readable(String.fromCharCode(0x20 + index)),
  )
  expect(characters.map(width)).toEqual(characters.map((character) => stringWidth(character)))
})

test('no character that is shown takes fewer cells for what stands beside it', () => {
  // The blocks that have such characters.
  const blocks = [0x0d00, 0x0e00, 0x11000, 0x11100, 0x11300, 0x11900, 0x11a00, 0x11d00, 0x11f00, 0x1f300]
  const joined = blocks.flatMap((block) =>
    Array.from({ length: 256 }, (_, index) => readable(String.fromCodePoint(block + index))).filter(
      (character) => stringWidth(`a${character} `) !== stringWidth(character) + 2,
    ),
  )
  expect(joined).toEqual([])
})
