import { box, spread } from '../frame.ts'
import type { Overlay } from '../dialogs.ts'
import { windowStart } from '../list/cursor.ts'
import type { Prompt, State } from '../state.ts'
import { fit, width } from '../text.ts'
import type { Span, Theme } from '../theme.ts'
import { entriesFor, type Entry } from './entries.ts'

const MOST_ROWS = 12
const WIDEST = 100

/** What the line being typed may become, just above it. */
export function paletteOverlay(state: State, { field, chosen }: Prompt, theme: Theme): Overlay | null {
  const entries = entriesFor(state, field.text)
  if (entries.length === 0) return null
  const { columns, rows } = state.size
  const height = Math.min(MOST_ROWS, rows - 6, entries.length)
  const start = windowStart(entries.length, chosen, height)
  const shown = entries.slice(start, start + height)
  const widest = Math.min(44, Math.max(...shown.map(({ text }) => width(text))))
  // As wide at every key, so that nothing jumps.
  const cells = Math.min(WIDEST, columns - 10)
  const lines = shown.map((entry, index) =>
    spread(entrySpans(entry, start + index === chosen, widest, theme), [{ text: '' }], cells),
  )
  const note: Span[] = [{ text: `${chosen + 1} of ${entries.length}`, style: 'dim' }]
  const drawn = box([{ text: 'Commands', style: 'title' }], note, lines, columns - 2, theme)
  return { lines: drawn.lines, left: 1, top: rows - 1 - drawn.lines.length }
}

function entrySpans({ text, about, why }: Entry, chosen: boolean, widest: number, { glyphs }: Theme): Span[] {
  const name = fit(text, widest, 'left', glyphs.ellipsis)
  const rest = why === null ? about : `${about}${about === '' ? '' : '  '}(${why})`
  if (chosen) return [{ text: `${glyphs.cursor} ${name}  ${rest}`, style: 'selected' }]
  return [
    { text: `  ${name}  `, style: why === null ? 'plain' : 'dim' },
    { text: about, style: 'dim' },
    ...(why === null ? [] : [{ text: `  (${why})`, style: 'warn' } as const]),
  ]
}
