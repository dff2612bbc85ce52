import { box } from './frame.ts'
import type { Question, Size } from './state.ts'
import { fit } from './text.ts'
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

/** A box in the middle of the screen. */
export function overlay(title: Span[], note: Span[], rows: Span[][], size: Size, theme: Theme): Overlay {
  const { lines, columns } = box(title, note, rows, size.columns - 2, theme)
  return {
    // A blank column on either side sets it off from what lies behind.
    lines: lines.map((line) => ` ${line} `),
    left: Math.floor((size.columns - columns - 2) / 2),
    top: Math.max(0, Math.floor((size.rows - lines.length) / 2)),
  }
}
