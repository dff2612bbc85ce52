import { bar } from '../../bar.ts'
import { spanWidth } from '../../frame.ts'
import { fit } from '../../text.ts'
import type { Style } from '../../style.ts'
import type { Span, Theme } from '../../theme.ts'

/** A line of the screen; `title`: the one that begins a part. */
export type Line = { kind: 'title'; title: string } | { kind: 'row'; spans: Span[] }

/** Cells of what a line is about. */
const LABEL = 16
const BAR = 30

export function row(label: string, ...spans: Span[]): Line {
  return { kind: 'row', spans: [{ text: fit(label, LABEL), style: 'dim' }, ...spans] }
}

/** Texts one after the other, as far as they fit in `cells` behind the label; the first one always. */
export function rowOf(label: string, parts: readonly Span[], cells: number): Line {
  const spans = parts.reduce<Span[]>((before, part, index) => {
    const longer = index === 0 ? [part] : [...before, { text: '   ' }, part]
    return index > 0 && spanWidth(longer) > cells - LABEL ? before : longer
  }, [])
  return row(label, ...spans)
}

/** A reading against its limit. */
export interface Gauge {
  value: number
  /** What the whole bar stands for. */
  whole: number
  /** From here on it is too much; null: never. */
  limit: number | null
  /** The reading in words. */
  text: string
  note: string
}

export function gaugeRow(label: string, gauge: Gauge, cells: number, { glyphs }: Theme): Line {
  const { value, whole, limit, text, note } = gauge
  const style: Style = limit !== null && value > limit ? 'warn' : 'accent'
  const room = Math.max(8, Math.min(BAR, cells - LABEL - 24))
  const drawn = bar([{ value, glyph: glyphs.bar_done, style }], whole, room, glyphs.bar_rest)
  return row(
    label,
    ...drawn,
    { text: `  ${text.padStart(6)}`, style: 'strong' },
    { text: `  ${note}`, style: 'dim' },
  )
}
