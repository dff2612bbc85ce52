import fc from 'fast-check'
import { expect, test } from 'vitest'
import { characters, rowStarts, width } from '../../src/tui/text.ts'

test.each([
  ['', 4, [0]],
  ['abcd', 4, [0]],
  ['abcdefghi', 4, [0, 4, 8]],
  ['ñandúes', 4, [0, 4]],
  ['再試行中', 5, [0, 2]],
  ['ab再試', 3, [0, 2, 3]],
])('"%s" wrapped at %i begins rows at %j', (text, cells, starts) => {
  expect(rowStarts(text, cells)).toEqual(starts)
})

test('no row is wider than the screen, and together they are the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 2, max: 20 }),
      (text, cells) => {
        const starts = rowStarts(text, cells)
        const rows = starts.map((from, row) => text.slice(from, starts[row + 1]))
        expect(rows.join('')).toBe(text)
        // A character that is itself wider has a row of its own.
        const tooWide = rows.filter((row) => width(row) > cells && characters(row).length > 1)
        expect(tooWide).toEqual([])
      },
    ),
  )
})
