import type { LogStream } from '../../../domain/logs.ts'
import { bytes, secondOfDay } from '../../format.ts'
import { cut } from '../../frame.ts'
import { rowStarts, width } from '../../text.ts'
import type { Style } from '../../style.ts'
import type { Span, Theme } from '../../theme.ts'
import type { Line } from './line.ts'
import { finder, highlighted, type Range } from './matches.ts'
import { margin, textCells, topOf, type LogView, type Shape } from './view.ts'

const TAGS: Readonly<Record<LogStream, { text: string; style: Style }>> = {
  out: { text: 'out ', style: 'dim' },
  err: { text: 'err ', style: 'warn' },
  zafra: { text: 'zaf ', style: 'accent' },
}

/** The rows that are on the screen. */
export function logRows(log: LogView, shape: Shape, theme: Theme): Span[][] {
  const { index: first, row } = topOf(log, shape)
  // Where letters lose their accents on the way here, what was typed has to as well.
  const find = finder(theme.legible(log.search?.text ?? ''))
  const rows: Span[][] = []
  for (let index = first; index < log.lines.length && rows.length < shape.height + row; index += 1) {
    const line = log.lines[index]
    if (line) rows.push(...lineRows(line, log, { find, cells: shape.cells }, theme))
  }
  return rows.slice(row, row + shape.height)
}

function lineRows(
  line: Line,
  { look, mark }: LogView,
  { find, cells }: { find: (text: string) => Range[]; cells: number },
  { glyphs }: Theme,
): Span[][] {
  const room = textCells(look, cells)
  const { text, style, continued } = line
  const ranges = find(text)
  const own = line.offset === mark
  const starts = look.wrap ? rowStarts(text, room) : [own ? firstShown(text, ranges, room) : 0]
  const rows = starts.map((from, row): Span[] => [
    ...(row === 0 ? head(line, own ? glyphs.cursor : ' ', look.times) : [{ text: ' '.repeat(margin(look)) }]),
    ...(row === 0 && from > 0 ? [{ text: glyphs.ellipsis, style: 'dim' as const }] : []),
    ...highlighted(text, ranges, { from, to: starts[row + 1] ?? from + LONGEST_ROW }, style),
  ])
  if (continued) rows.at(-1)?.push({ text: glyphs.ellipsis, style: 'dim' })
  const all = line.gap > 0 ? [gapRow(line.gap, look.times, glyphs), ...rows] : rows
  return all.map((row) => cut(row, cells, glyphs.ellipsis))
}

/** Characters of a row that is not wrapped: more than any screen is wide, few enough to measure. */
const LONGEST_ROW = 1000

/** From which character on a line is shown so that its first match is on the screen. */
function firstShown(text: string, [match]: Range[], room: number): number {
  if (!match || width(text.slice(0, match.to)) <= room) return 0
  const from = Math.max(0, match.from - Math.floor(room / 3))
  // Not from the middle of a character that takes two.
  return /^[\udc00-\udfff]/.test(text.slice(from)) ? from - 1 : from
}

function head({ at, stream }: Line, mark: string, times: boolean): Span[] {
  const time: Span[] = times ? [{ text: `${secondOfDay(new Date(at))} `, style: 'dim' }] : []
  return [{ text: mark, style: 'accent' }, ...time, TAGS[stream]]
}

function gapRow(dropped: number, times: boolean, { horizontal }: Theme['glyphs']): Span[] {
  const rule = horizontal.repeat(3)
  const text = `${rule} ${bytes(dropped)} cut out: logs.max_bytes_per_attempt ${rule}`
  return [{ text: ' '.repeat(margin({ times, wrap: false })) }, { text, style: 'warn' }]
}
