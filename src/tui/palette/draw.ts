import { box, cut, spread } from '../frame.ts'
import type { Overlay } from '../components/dialog.tsx'
import { windowStart } from '../list/cursor.ts'
import type { Prompt, State } from '../state.ts'
import { fit, width } from '../text.ts'
import type { Span, Theme } from '../theme.ts'
import { entriesFor, type Entry } from './entries.ts'

const MOST_ROWS = 12
const WIDEST = 100

/** What the line being typed may become, just above it, inside the frame. */
export function paletteOverlay(state: State, { field, chosen }: Prompt, theme: Theme): Overlay | null {
  const entries = entriesFor(state, field.text)
  if (entries.length === 0) return null
  const { columns, rows } = state.size
  const height = Math.min(MOST_ROWS, rows - 6, entries.length)
  const start = windowStart(entries.length, chosen, height)
  const shown = entries.slice(start, start + height)
  // As wide at every key, so that nothing jumps.
  const cells = Math.min(WIDEST, columns - 12)
  const names = Math.max(0, ...shown.map((entry) => (entry.kind === 'key' ? 0 : width(entry.text))))
  const lines = shown.map((entry, index) => {
    const spans = entrySpans(entry, names, cells - 2, theme)
    return start + index === chosen ? selected(spans, theme) : [{ text: '  ' }, ...spans]
  })
  const note: Span[] = [{ text: `${chosen + 1} of ${entries.length}`, style: 'dim' }]
  const drawn = box([{ text: 'Commands', style: 'title' }], note, lines, columns - 4, theme)
  return { lines: drawn.lines, left: 2, top: rows - 2 - drawn.lines.length }
}

/** A command with what it does beside it, or what a key does with the key at the other end. */
function entrySpans(
  { kind, text, about, why }: Entry,
  names: number,
  cells: number,
  { glyphs }: Theme,
): Span[] {
  const style = why === null ? 'plain' : 'dim'
  const reason: Span[] = why === null ? [] : [{ text: `  (${why})`, style: 'warn' }]
  const spans: Span[] =
    kind === 'key'
      ? spread(
          cut([{ text, style }, ...reason], cells - width(about) - 1, glyphs.ellipsis),
          [{ text: about, style: 'accent' }],
          cells,
        )
      : [{ text: fit(text, names), style }, { text: `  ${about}`, style: 'dim' }, ...reason]
  return spread(spans, [{ text: '' }], cells)
}

function selected(spans: readonly Span[], { glyphs }: Theme): Span[] {
  return [{ text: `${glyphs.cursor} ${spans.map(({ text }) => text).join('')}`, style: 'selected' }]
}
