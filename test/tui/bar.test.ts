import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bar, ended, percentBar, sparkline, statusBar, total } from '../../src/tui/bar.ts'
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

describe('sparkline', () => {
  const unicode = createTheme({ color: 'none', ascii: false }).glyphs

  test.each([
    [[], 5, ''],
    [[0, 0], 5, '▁▁'],
    [[1, 2, 4, 8], 5, '▂▃▅█'],
    [[8, null, 0, 8], 5, '█ ▁█'],
    [[1, 100_000], 5, '▂█'],
    [[100, 1, 2, 4], 3, '▃▅█'],
    [[7], 1, '█'],
    [[7], 0, ''],
  ])('%j in %i cells is %j', (values, cells, expected) => {
    expect(sparkline(values, cells, unicode)).toBe(expected)
  })

  test('has as many levels in ASCII, each of one cell', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8, glyphs)).toBe('_.:-=+*#')
  })

  test('a higher value is never drawn lower', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 50 }), (values) => {
        const line = sparkline(values, values.length, unicode)
        expect(line).toHaveLength(values.length)
        const order = values.map((value, at) => [value, unicode.levels.indexOf(line[at] ?? '')] as const)
        const sorted = order.toSorted(([one], [other]) => one - other).map(([, level]) => level)
        expect(sorted).toEqual(sorted.toSorted((one, other) => one - other))
        for (const [value, level] of order) expect(level === 0).toBe(value === 0)
      }),
    )
  })
})

test.each([
  [100, '====', 'good'],
  [99.9, '===.', 'good'],
  [75, '===.', 'warn'],
  [0.1, '=...', 'bad'],
  [0, '....', 'dim'],
])('%f percent is %s', (percent, drawn_, style) => {
  const spans = percentBar(percent, 4, glyphs)
  expect(spans.map(({ text }) => text).join('')).toBe(drawn_)
  expect(spans[0]?.style).toBe(style)
})

test('a status bar shows what completed, failed, was skipped and was cancelled', () => {
  const some = counts({
    completed: 4,
    permanently_failed: 1,
    failed: 1,
    skipped: 1,
    cancelled: 1,
    pending: 2,
  })
  const line = statusBar(some, 10, glyphs).map(({ text }) => text)
  expect(line).toEqual(['====', 'xx', ':', '~', '..'])
  expect([ended(some), total(some)]).toEqual([8, 10])
})
