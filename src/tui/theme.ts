import { Chalk } from 'chalk'
import { fit, width } from './text.ts'

/** What a piece of text means; the theme says how that looks. */
export type Style = 'plain' | 'strong' | 'dim' | 'accent' | 'good' | 'bad' | 'warn' | 'title' | 'selected'

/** Text with one meaning; it holds no escape sequence. */
export interface Span {
  text: string
  style?: Style
}

/** Each is one cell wide. */
const UNICODE = {
  horizontal: '─',
  vertical: '│',
  top_left: '╭',
  top_right: '╮',
  bottom_left: '╰',
  bottom_right: '╯',
  left_tee: '├',
  right_tee: '┤',
  bar_done: '━',
  bar_failed: '×',
  bar_cancelled: '╌',
  bar_rest: '─',
  cursor: '▸',
  ellipsis: '…',
  dot: '·',
  dash: '–',
  running: '●',
  done: '✓',
  failed: '✗',
  pending: '○',
  retrying: '↻',
  held: '!',
  cancelled: '⊘',
  paused: '‖',
  alert: '▲',
}

export type Glyphs = typeof UNICODE

const ASCII: Glyphs = {
  horizontal: '-',
  vertical: '|',
  top_left: '+',
  top_right: '+',
  bottom_left: '+',
  bottom_right: '+',
  left_tee: '+',
  right_tee: '+',
  bar_done: '=',
  bar_failed: 'x',
  bar_cancelled: '~',
  bar_rest: '.',
  cursor: '>',
  ellipsis: '~',
  dot: '-',
  dash: '-',
  running: '*',
  done: '+',
  failed: 'x',
  pending: 'o',
  retrying: 'r',
  held: '!',
  cancelled: '/',
  paused: '"',
  alert: '!',
}

export interface Theme {
  glyphs: Glyphs
  /** `spans` one after the other, in exactly `cells` cells. */
  paint(spans: readonly Span[], cells: number): string
}

/** Uses the terminal's own sixteen colours only, so that it suits light and dark ones alike. */
export function createTheme(options: { color: boolean; ascii: boolean }): Theme {
  const chalk = new Chalk({ level: options.color ? 1 : 0 })
  const glyphs = options.ascii ? ASCII : UNICODE
  const styles: Record<Style, (text: string) => string> = {
    plain: (text) => text,
    strong: chalk.bold,
    dim: chalk.dim,
    accent: chalk.cyan,
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    title: chalk.bold.cyan,
    selected: chalk.inverse,
  }
  return { glyphs, paint: (spans, cells) => paint(spans, cells, styles, glyphs.ellipsis) }
}

/** Whether the locale's characters are anything but UTF-8. Nothing set: UTF-8, as terminals are today. */
export function needsAscii(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG']
  return locale !== undefined && locale !== '' && !/utf-?8/i.test(locale)
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
