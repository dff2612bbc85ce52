import type { Style } from './style.ts'

/** How many colours the terminal has. */
export type ColorDepth = 'none' | 16 | 256

/** A colour: its name among the sixteen, whose look is the terminal's own, and its number among the 256. */
interface Ink {
  sixteen: 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray' | null
  number: number
}

/** What has a colour; `plain`, `strong` and `selected` are the terminal's own. */
export type Coloured = Exclude<Style, 'plain' | 'strong' | 'key' | 'selected'>

/**
 * `dark` and `light` are for a terminal whose ground is black or white; every colour has a contrast of at least
 * 4.5 : 1 to it. `safe` suits both eyes that tell red from green and those that do not: good and bad are blue and
 * orange; it is for a dark ground.
 */
export const PALETTES = {
  dark: {
    dim: { sixteen: null, number: 245 },
    accent: { sixteen: 'cyan', number: 80 },
    good: { sixteen: 'green', number: 114 },
    bad: { sixteen: 'red', number: 203 },
    warn: { sixteen: 'yellow', number: 179 },
    title: { sixteen: 'cyan', number: 80 },
  },
  light: {
    dim: { sixteen: null, number: 241 },
    accent: { sixteen: 'blue', number: 25 },
    good: { sixteen: 'green', number: 22 },
    bad: { sixteen: 'red', number: 124 },
    warn: { sixteen: 'magenta', number: 94 },
    title: { sixteen: 'blue', number: 25 },
  },
  safe: {
    dim: { sixteen: null, number: 245 },
    accent: { sixteen: 'cyan', number: 123 },
    good: { sixteen: 'blue', number: 75 },
    bad: { sixteen: 'yellow', number: 208 },
    warn: { sixteen: 'magenta', number: 229 },
    title: { sixteen: 'cyan', number: 123 },
  },
} as const satisfies Record<string, Record<Coloured, Ink>>

export type ThemeName = keyof typeof PALETTES
export const THEMES = Object.keys(PALETTES) as readonly ThemeName[]

export function isThemeName(name: string): name is ThemeName {
  return (THEMES as readonly string[]).includes(name)
}

/** The theme for the ground that the terminal says it has, where it does (`COLORFGBG`: its last number). */
export function themeFor(env: NodeJS.ProcessEnv): ThemeName {
  return /;(7|15)$/.test(env['COLORFGBG'] ?? '') ? 'light' : 'dark'
}

/** How many colours a terminal of this kind has; `NO_COLOR` is for none. */
export function colorDepth(env: NodeJS.ProcessEnv): ColorDepth {
  if (env['NO_COLOR']) return 'none'
  return /256|truecolor|24bit|kitty|direct/.test(`${env['TERM']} ${env['COLORTERM']}`) ? 256 : 16
}
