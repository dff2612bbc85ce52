import { box } from './frame.ts'
import { keyLabel, whyNot, type Binding } from './keymap.ts'
import type { Question, Size, State } from './state.ts'
import { fit, width } from './text.ts'
import type { Span, Theme } from './theme.ts'

/** Lines of a box over the screen and where its upper left corner is. */
export interface Overlay {
  left: number
  top: number
  lines: string[]
}

/** What is asked, what can be answered, and that Esc is no. */
export function questionOverlay(
  { title, text, answers, enter, no }: Question,
  size: Size,
  theme: Theme,
): Overlay {
  const keys = [
    ...answers.map(({ key, label }) => ({ key, label: key === enter ? `${label} (Enter)` : label })),
    { key: 'Esc', label: no },
  ]
  const rows: Span[][] = [
    [],
    ...text.map((line): Span[] => [{ text: line }]),
    [],
    ...keys.map(({ key, label }): Span[] => [
      { text: fit(key, 5), style: key === 'Esc' ? 'strong' : 'warn' },
      { text: label },
    ]),
    [],
  ]
  return overlay([{ text: title, style: 'warn' }], [], rows, size, theme)
}

/** Every key of the screen in front, what it does, and why it cannot now; from row `from` on, as many as fit. */
export function helpOverlay(
  title: string,
  bindings: readonly Binding[],
  from: number,
  state: State,
  theme: Theme,
): Overlay {
  const names = bindings.map(({ keys }) => keys.map(keyLabel).join(' '))
  const widest = Math.max(...names.map(width))
  const rows = bindings.map((binding, index) => [
    { text: fit(names[index] ?? '', widest + 2), style: 'accent' } as const,
    ...meaning(binding, state),
  ])
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

/** How many keys the help shows at once. */
export function helpHeight({ rows }: Size): number {
  return rows - 2
}

function meaning(binding: Binding, state: State): Span[] {
  const why = whyNot(binding, state)
  if (why === null) return [{ text: binding.does }]
  return [
    { text: binding.does, style: 'dim' },
    { text: `  (${why})`, style: 'warn' },
  ]
}

function overlay(title: Span[], note: Span[], rows: Span[][], size: Size, theme: Theme): Overlay {
  const { lines, columns } = box(title, note, rows, size.columns - 2, theme)
  return {
    // A blank column on either side sets it off from what lies behind.
    lines: lines.map((line) => ` ${line} `),
    left: Math.floor((size.columns - columns - 2) / 2),
    top: Math.max(0, Math.floor((size.rows - lines.length) / 2)),
  }
}
