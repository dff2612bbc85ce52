import stringWidth from 'string-width'
import { UNICODE } from './glyphs.ts'

const NARROW = new RegExp(
  `^[ -~\\u00a0-\\u00ac\\u00ae-\\u02ff\\u2500-\\u257f${Object.values(UNICODE).join('')}]*$`,
)
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Whether each character takes one cell: ASCII, accented Latin, box drawing, our own glyphs. Most of what is shown;
 * measuring is dear.
 */
export function isNarrow(text: string): boolean {
  return NARROW.test(text)
}

/** Cells that `text` takes on the screen. `text` holds no escape sequence. */
export function width(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text)
}

/** `text` in exactly `cells` cells: padded, or cut with `ellipsis` (one cell). */
export function fit(text: string, cells: number, align: 'left' | 'right' = 'left', ellipsis = '…'): string {
  if (cells <= 0) return ''
  const own = width(text)
  if (own > cells) return shorten(text, cells, ellipsis)
  const padding = ' '.repeat(cells - own)
  return align === 'left' ? text + padding : padding + text
}

/** The beginning of `text` and `ellipsis`, together in exactly `cells` cells; `text` is at least that wide. */
export function shorten(text: string, cells: number, ellipsis: string): string {
  return cut(text, cells - 1) + ellipsis
}

/** The longest beginning of `text` that fits, with a space where a wide glyph is cut in two. */
function cut(text: string, cells: number): string {
  if (isNarrow(text)) return text.slice(0, cells)
  let used = 0
  let result = ''
  for (const { segment } of graphemes.segment(text)) {
    const own = stringWidth(segment)
    if (used + own > cells) break
    used += own
    result += segment
  }
  return result + ' '.repeat(cells - used)
}

/** Where each row of `text` begins when it is wrapped at `cells` cells; the first row at 0. */
export function rowStarts(text: string, cells: number): number[] {
  if (isNarrow(text)) {
    const rows = Math.max(1, Math.ceil(text.length / cells))
    return Array.from({ length: rows }, (_, row) => row * cells)
  }
  const starts = [0]
  let used = 0
  for (const { segment, index } of graphemes.segment(text)) {
    const own = stringWidth(segment)
    if (used > 0 && used + own > cells) {
      starts.push(index)
      used = 0
    }
    used += own
  }
  return starts
}

/** `text` in rows of whole words of at most `cells` cells; a word that is too long has a row of its own. */
export function wordRows(text: string, cells: number): string[] {
  return text.split(' ').reduce<string[]>((rows, word) => {
    const last = rows.at(-1)
    if (last === undefined || width(`${last} ${word}`) > cells) return [...rows, word]
    return [...rows.slice(0, -1), `${last} ${word}`]
  }, [])
}

/** The characters of `text` as a person counts them. */
export function characters(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}
