import type { StatusCounts } from '../domain/query.ts'
import type { Glyphs } from './glyphs.ts'
import type { Span } from './theme.ts'

/** A share of a bar. */
export interface Part {
  value: number
  glyph: string
  style: NonNullable<Span['style']>
}

/**
 * `parts` of `whole` drawn in exactly `cells` cells. A part above zero takes at least one cell while there is
 * room, and the bar is full only when nothing is left.
 */
export function bar(parts: readonly Part[], whole: number, cells: number, rest: string): Span[] {
  const sum = parts.reduce((before, part) => before + part.value, 0)
  const room = sum >= whole && whole > 0 ? cells : Math.max(0, cells - 1)
  const spans: Span[] = []
  let done = 0
  let used = 0
  for (const part of parts) {
    if (part.value <= 0) continue
    done += part.value
    const end = Math.min(room, Math.max(used + 1, Math.floor((done / Math.max(whole, done)) * cells)))
    if (end > used) spans.push({ text: part.glyph.repeat(end - used), style: part.style })
    used = Math.max(used, end)
  }
  if (cells > used) spans.push({ text: rest.repeat(cells - used), style: 'dim' })
  return spans
}

/** A percent, 0 to 100, as a bar of `cells` cells. */
export function percentBar(percent: number, cells: number, { bar_done, bar_rest }: Glyphs): Span[] {
  const style = percent >= FINE ? 'good' : percent >= POOR ? 'warn' : 'bad'
  return bar([{ value: Math.max(0, percent), glyph: bar_done, style }], 100, cells, bar_rest)
}

/** Percent of tasks that complete from which a row needs no second look, and below which it needs the first. */
const FINE = 90
const POOR = 50

/**
 * The last values, one cell each, in at most `cells` cells: as high as their share of the highest, and above the lowest
 * level only when above zero. Null: there is none, a blank.
 */
export function sparkline(values: readonly (number | null)[], cells: number, { levels }: Glyphs): string {
  const shown = cells > 0 ? values.slice(-cells) : []
  const highest = Math.max(0, ...shown.map((value) => value ?? 0))
  const steps = levels.length - 1
  return shown
    .map((value) => {
      if (value === null) return ' '
      return levels[value <= 0 ? 0 : Math.max(1, Math.round((value / highest) * steps))]
    })
    .join('')
}

/** How far the tasks behind `counts` are. */
export function statusBar(counts: StatusCounts, cells: number, glyphs: Glyphs): Span[] {
  return bar(
    [
      { value: counts.completed, glyph: glyphs.bar_done, style: 'good' },
      { value: counts.permanently_failed + counts.failed, glyph: glyphs.bar_failed, style: 'bad' },
      { value: counts.skipped, glyph: glyphs.bar_skipped, style: 'warn' },
      { value: counts.cancelled, glyph: glyphs.bar_cancelled, style: 'dim' },
    ],
    total(counts),
    cells,
    glyphs.bar_rest,
  )
}

export function total(counts: StatusCounts): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0)
}

/** Tasks with which nothing more will happen by itself. */
export function ended(counts: StatusCounts): number {
  const { completed, permanently_failed, failed, skipped, cancelled } = counts
  return completed + permanently_failed + failed + skipped + cancelled
}
