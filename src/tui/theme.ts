import { Chalk, type ChalkInstance } from 'chalk'
import { ASCII, UNICODE, type Glyphs } from './glyphs.ts'
import { PALETTES, THEMES, type ColorDepth, type Coloured, type ThemeName } from './palettes.ts'
import type { Style } from './style.ts'
import { toAscii } from './readable.ts'
import { fit, width } from './text.ts'

/** Text with one meaning; it holds no escape sequence. */
export interface Span {
  text: string
  style?: Style
}

export interface Theme {
  /** False: what a style alone would say has to be said by a letter. */
  colored: boolean
  glyphs: Glyphs
  /** A text as `paint` brings it to the screen. */
  legible(text: string): string
  /** `spans` one after the other, in exactly `cells` cells. */
  paint(spans: readonly Span[], cells: number): string
}

export function createTheme(options: { color: ColorDepth; ascii: boolean; name?: ThemeName }): Theme {
  const { color, ascii, name = 'dark' } = options
  const chalk = new Chalk({ level: color === 'none' ? 0 : color === 16 ? 1 : 2 })
  const glyphs = ascii ? ASCII : UNICODE
  const ink = (style: Coloured) => inkOf(chalk, name, style, color)
  const styles: Record<Style, (text: string) => string> = {
    plain: (text) => text,
    strong: chalk.bold,
    dim: ink('dim'),
    accent: ink('accent'),
    key: ink('accent').underline,
    good: ink('good'),
    bad: ink('bad'),
    warn: ink('warn'),
    title: ink('title').bold,
    selected: chalk.inverse,
  }
  return {
    colored: color !== 'none',
    glyphs,
    legible: ascii ? toAscii : (text) => text,
    // What was typed stays as it was typed; only here does it lose its accents.
    paint: (spans, cells) => paint(ascii ? spans.map(inAscii) : spans, cells, styles, glyphs.ellipsis),
  }
}

function inAscii(span: Span): Span {
  return { ...span, text: toAscii(span.text) }
}

/** As `theme` where all is of the past: nothing but what is selected stands out. */
export function greyed(theme: Theme): Theme {
  const grey = ({ text, style }: Span): Span => ({ text, style: style === 'selected' ? style : 'dim' })
  return { ...theme, paint: (spans, cells) => theme.paint(spans.map(grey), cells) }
}

/** The theme of each name. */
export function createThemes(options: { color: ColorDepth; ascii: boolean }): (name: ThemeName) => Theme {
  const themes = new Map(THEMES.map((name) => [name, createTheme({ ...options, name })]))
  return (name) => themes.get(name) ?? createTheme({ ...options, name })
}

/** Whether the locale's characters are anything but UTF-8. Nothing set: UTF-8, as terminals are today. */
export function needsAscii(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG']
  return locale !== undefined && locale !== '' && !/utf-?8/i.test(locale)
}

function inkOf(chalk: ChalkInstance, name: ThemeName, style: Coloured, color: ColorDepth): ChalkInstance {
  const { sixteen, number } = PALETTES[name][style]
  if (color === 256) return chalk.ansi256(number)
  return sixteen === null ? chalk.dim : chalk[sixteen]
}

function paint(
  spans: readonly Span[],
  cells: number,
  styles: Record<Style, (text: string) => string>,
  ellipsis: string,
): string {
  let left = cells
  let line = ''
  for (const { text, style = 'plain' } of spans) {
    if (left === 0) break
    const own = Math.min(width(text), left)
    line += styles[style](fit(text, own, 'left', ellipsis))
    left -= own
  }
  return line + ' '.repeat(left)
}
