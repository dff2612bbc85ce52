import { describe, expect, test } from 'vitest'
import { colorDepth, PALETTES, themeFor, THEMES } from '../../src/tui/palettes.ts'

type Rgb = readonly [number, number, number]

/** The colour of a number of the 256 (source: xterm's 256colres: a cube of six steps, then 24 greys). */
function rgbOf(number: number): Rgb {
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  if (number >= 232) return [8 + (number - 232) * 10, 8 + (number - 232) * 10, 8 + (number - 232) * 10]
  const cube = number - 16
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]
}

const linear = (value: number) => {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** WCAG 2.2, relative luminance. */
function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** As an eye without red (protan) or green (deutan) cones sees it (source: Viénot, Brettel and Mollon 1999). */
const SEEN = {
  protan: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deutan: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
} as const

function seen(eye: keyof typeof SEEN, color: Rgb): number[] {
  const [red, green, blue] = color.map(linear) as [number, number, number]
  return SEEN[eye].map(
    ([r, g, b]) => Math.max(0, Math.min(1, r * red + g * green + b * blue)) ** (1 / 2.4) * 255,
  )
}

const GROUNDS = { dark: [0, 0, 0], light: [255, 255, 255], safe: [0, 0, 0] } as const

describe.each(THEMES)('the theme %s', (name) => {
  test.each(Object.entries(PALETTES[name]))('%s can be read on its ground', (_, { number }) => {
    expect(contrast(rgbOf(number), GROUNDS[name])).toBeGreaterThanOrEqual(4.5)
  })
})

test.each(['protan', 'deutan'] as const)(
  'good, bad and warn differ for a %s eye in the safe theme',
  (eye) => {
    const { good, bad, warn } = PALETTES.safe
    const colors = [good, bad, warn].map(({ number }) => seen(eye, rgbOf(number)))
    for (const [index, one] of colors.entries()) {
      for (const other of colors.slice(index + 1)) {
        expect(Math.hypot(...one.map((value, at) => value - (other[at] ?? 0)))).toBeGreaterThan(90)
      }
    }
  },
)

test.each([
  [{ TERM: 'xterm-256color' }, 256],
  [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 256],
  [{ TERM: 'linux' }, 16],
  [{}, 16],
  [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 'none'],
] as const)('the colours of %j: %s', (env, depth) => {
  expect(colorDepth(env)).toBe(depth)
})

test.each([
  [{}, 'dark'],
  [{ COLORFGBG: '15;0' }, 'dark'],
  [{ COLORFGBG: '0;15' }, 'light'],
  [{ COLORFGBG: '0;default;15' }, 'light'],
] as const)('the theme for %j: %s', (env, name) => {
  expect(themeFor(env)).toBe(name)
})
