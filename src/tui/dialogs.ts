import type { Overlay } from './components/dialog.tsx'
import { box } from './frame.ts'
import type { Question, Size } from './state.ts'
import { fit, wordRows } from './text.ts'
import type { Span, Theme } from './theme.ts'

/** The two edges and the blank rows. */
const AROUND = 5

/** What is asked, as much of it as there is room for, what can be answered, and that Esc is no. */
export function questionOverlay(question: Question, size: Size, theme: Theme): Overlay {
  const { text, title } = question
  const keys = keysOf(question)
  const room = size.rows - keys.length - AROUND
  const shown = text.length <= room ? text : [...text.slice(0, room - 1), theme.glyphs.ellipsis]
  const rows: Span[][] = [
    [],
    ...shown.map((line): Span[] => [{ text: line }]),
    [],
    ...keys.map(({ key, label }): Span[] => [
      { text: fit(key, KEY), style: key === 'Esc' ? 'strong' : 'warn' },
      { text: label },
    ]),
    [],
  ]
  return overlay([{ text: title, style: 'warn' }], [], rows, size, theme)
}

/** The same where there is no room for a box. */
export function questionLines(question: Question, columns: number): string[] {
  const keys = keysOf(question).map(({ key, label }) => fit(key, KEY) + label)
  return [...question.text, ...keys].flatMap((line) => wordRows(line, columns))
}

const KEY = 5

function keysOf({ answers, enter, no }: Question): { key: string; label: string }[] {
  return [
    ...answers.map(({ key, label }) => ({ key, label: key === enter ? `${label} (Enter)` : label })),
    { key: 'Esc', label: no },
  ]
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
