import { fit, shorten, width } from './text.ts'
import type { Span, Theme } from './theme.ts'

/** Cells between the edge of the screen and a line in it: the side and a blank. */
export const MARGIN = 2

/** Lines of the one box that holds a screen; each is exactly `columns` cells wide. */
export interface Frame {
  top(title: readonly Span[], right?: readonly Span[]): string
  /** The line that begins a part of the screen and carries its title. */
  divider(title: readonly Span[], right?: readonly Span[]): string
  bottom(title?: readonly Span[], right?: readonly Span[]): string
  /** `spans` between the two sides. */
  row: (spans: readonly Span[]) => string
  /** Cells between the two sides of a row, without its margins. */
  readonly inner: number
}

export function createFrame(columns: number, theme: Theme): Frame {
  const { glyphs } = theme
  const edge = (text: string): Span => ({ text, style: 'dim' })
  const line =
    (left: string, right: string) =>
    (title: readonly Span[] = [], end: readonly Span[] = []) => {
      const label = title.length > 0 ? [{ text: ' ' }, ...title, { text: ' ' }] : []
      const note = end.length > 0 ? [{ text: ' ' }, ...end, { text: ' ' }] : []
      const room = columns - 4 - spanWidth(label)
      const shown = spanWidth(note) <= room ? note : []
      const rule = glyphs.horizontal.repeat(Math.max(0, room - spanWidth(shown)))
      const open = edge(left + glyphs.horizontal)
      const close = edge(glyphs.horizontal + right)
      return theme.paint([open, ...label, edge(rule), ...shown], columns - 2) + theme.paint([close], 2)
    }
  const side = theme.paint([edge(glyphs.vertical)], 1)
  const inner = columns - 4
  return {
    top: line(glyphs.top_left, glyphs.top_right),
    divider: line(glyphs.left_tee, glyphs.right_tee),
    bottom: line(glyphs.bottom_left, glyphs.bottom_right),
    row: (spans) => `${side}${theme.paint([{ text: ' ' }, ...spans], columns - 3)} ${side}`,
    inner,
  }
}

/** A box of its own around `rows`, as wide as the widest but at most `columns`. */
export function box(
  title: readonly Span[],
  note: readonly Span[],
  rows: readonly (readonly Span[])[],
  columns: number,
  theme: Theme,
): { lines: string[]; columns: number } {
  const widest = Math.max(spanWidth(title) + spanWidth(note) + 4, ...rows.map(spanWidth))
  const own = Math.min(columns, widest + 6)
  const frame = createFrame(own, theme)
  const inside = rows.map((row) => frame.row([{ text: ' ' }, ...row]))
  return { lines: [frame.top(title, note), ...inside, frame.bottom()], columns: own }
}

/** `left`, then `right` at the other end of `cells` cells, if there is room for it. */
export function spread(left: readonly Span[], right: readonly Span[], cells: number): Span[] {
  const gap = cells - spanWidth(left) - spanWidth(right)
  return gap < 1 ? [...left] : [...left, { text: fit('', gap) }, ...right]
}

/** `spans`; where they are wider than `cells` cells, their beginning and `ellipsis` in exactly so many. */
export function cut(spans: readonly Span[], cells: number, ellipsis: string): Span[] {
  if (spanWidth(spans) <= cells) return [...spans]
  const result: Span[] = []
  let left = cells
  for (const span of spans) {
    const own = width(span.text)
    if (own >= left)
      return left > 0 ? [...result, { ...span, text: shorten(span.text, left, ellipsis) }] : result
    result.push(span)
    left -= own
  }
  return result
}

export function spanWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + width(text), 0)
}
