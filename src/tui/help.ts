import { bindingsOf } from './bindings.ts'
import type { Overlay } from './components/dialog.tsx'
import { overlay } from './dialogs.ts'
import { keyLabel, whyNot, type Binding } from './keymap.ts'
import type { Size, State } from './state.ts'
import { fit, width, wordRows } from './text.ts'
import type { Span, Theme } from './theme.ts'

/** What the box around the help takes of the width, with the blanks at its sides. */
const AROUND = 8

/** Every key of the screen in front, what it does, and why it cannot now; from row `from` on, as many as fit. */
export function helpOverlay(title: string, from: number, state: State, theme: Theme): Overlay {
  const rows = helpRows(state)
  const height = helpHeight(state.size)
  const note =
    rows.length > height ? `${from + 1}-${Math.min(from + height, rows.length)} of ${rows.length}` : ''
  return overlay(
    [{ text: `Keys: ${title}`, style: 'title' }],
    note === '' ? [] : [{ text: note, style: 'dim' }],
    rows.slice(from, from + height),
    state.size,
    theme,
  )
}

/** The last row that the help can begin with. */
export function lastHelpRow(state: State): number {
  return Math.max(0, helpRows(state).length - helpHeight(state.size))
}

function helpHeight({ rows }: Size): number {
  return rows - 2
}

function helpRows(state: State): Span[][] {
  const bindings = bindingsOf(state)
  const names = bindings.map(({ keys }) => keys.map(keyLabel).join(' '))
  const cells = Math.max(...names.map(width)) + 2
  return bindings.flatMap((binding, index) =>
    meaning(binding, state, state.size.columns - AROUND - cells).map((spans, row): Span[] => [
      { text: fit(row === 0 ? (names[index] ?? '') : '', cells), style: 'accent' },
      ...spans,
    ]),
  )
}

/** In one row where that is wide enough; nothing of the reason is cut off. */
function meaning(binding: Binding, state: State, cells: number): Span[][] {
  const why = whyNot(binding, state)
  const does = wordRows(binding.does, cells)
  if (why === null) return does.map((text) => [{ text }])
  const dim = (text: string): Span => ({ text, style: 'dim' })
  const whole = `  (${why})`
  if (width(binding.does + whole) <= cells) return [[dim(binding.does), { text: whole, style: 'warn' }]]
  const reason = wordRows(`(${why})`, cells).map((text): Span[] => [{ text, style: 'warn' }])
  return [...does.map((text) => [dim(text)]), ...reason]
}
