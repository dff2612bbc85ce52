import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bar, ended, statusBar, total } from '../../src/tui/bar.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { counts } from '../support/overview.ts'

const { glyphs } = createTheme({ color: 'none', ascii: true })

function drawn(parts: readonly (readonly [number, string])[], whole: number, cells: number): string {
  const given = parts.map(([value, glyph]) => ({ value, glyph, style: 'good' as const }))
  return bar(given, whole, cells, '.')
    .map(({ text }) => text)
    .join('')
}

describe('bar', () => {
  test.each([
    [[[0, '=']], 10, '..........'],
    [[[5, '=']], 10, '=====.....'],
    [[[10, '=']], 10, '=========='],
    [[[9999, '=']], 10_000, '=========.'],
    [[[1, '=']], 10_000, '=.........'],
    [
      [
        [4, '='],
        [2, 'x'],
      ],
      10,
      '====xx....',
    ],
    [
      [
        [990, '='],
        [1, 'x'],
      ],
      1000,
      '=========.',
    ],
    [
      [
        [500, '='],
        [1, 'x'],
      ],
      1000,
      '=====x....',
    ],
    [[[0, '=']], 0, '..........'],
  ] as const)('%j of %i is %s', (parts, whole, expected) => {
    expect(drawn(parts, whole, 10)).toBe(expected)
  })

  test('is as wide as asked, never full before the end, never empty after the beginning', () => {
    const values = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(values, fc.nat(100_000), fc.integer({ min: 2, max: 200 }), (parts, more, cells) => {
        const sum = parts.reduce((before, each) => before + each, 0)
        const line = drawn(
          parts.map((value) => [value, '='] as const),
          sum + more,
          cells,
        )
        expect(line).toHaveLength(cells)
        expect(line.startsWith('=')).toBe(sum > 0)
        expect(line.endsWith('.')).toBe(more > 0 || sum === 0)
        expect(line).toMatch(/^=*\.*$/)
      }),
    )
  })
})

test('a status bar shows what completed, failed and was cancelled', () => {
  const some = counts({ completed: 5, permanently_failed: 1, failed: 1, cancelled: 1, pending: 2 })
  const line = statusBar(some, 10, glyphs).map(({ text }) => text)
  expect(line).toEqual(['=====', 'xx', '~', '..'])
  expect([ended(some), total(some)]).toEqual([8, 10])
})
