import { safe } from '../../domain/safe.ts'
import { characters } from '../text.ts'

/** A line of text being typed; `caret` counts the characters before it, as a person counts them. */
export interface Field {
  text: string
  caret: number
}

export const EMPTY: Field = { text: '', caret: 0 }

/** `text` with the caret behind it. */
export function fieldOf(text: string): Field {
  return { text, caret: characters(text).length }
}

/** `field` after a key of the usual ones for a line of text, or undefined where the key is none of them. */
export function edit(field: Field, key: string): Field | undefined {
  const all = characters(field.text)
  const at = Math.min(field.caret, all.length)
  const without = (from: number, to: number) => made([...all.slice(0, from), ...all.slice(to)], from)
  switch (key) {
    case 'left':
    case 'ctrl-b':
      return { ...field, caret: Math.max(0, at - 1) }
    case 'right':
    case 'ctrl-f':
      return { ...field, caret: Math.min(all.length, at + 1) }
    case 'home':
    case 'ctrl-a':
      return { ...field, caret: 0 }
    case 'end':
    case 'ctrl-e':
      return { ...field, caret: all.length }
    case 'backspace':
    case 'ctrl-h':
      return without(Math.max(0, at - 1), at)
    case 'delete':
    case 'ctrl-d':
      return without(at, at + 1)
    case 'ctrl-u':
      return without(0, at)
    case 'ctrl-k':
      return without(at, all.length)
    case 'ctrl-w':
      return without(wordStart(all, at), at)
  }
  return isCharacter(key) ? insert(field, key) : undefined
}

/** `field` with `text` put in at the caret. */
export function insert({ text, caret }: Field, put: string): Field {
  const all = characters(text)
  const before = all.slice(0, caret).join('') + put
  // A combining mark joins the character before it, so the caret is counted anew.
  return { text: before + all.slice(caret).join(''), caret: characters(before).length }
}

function made(all: readonly string[], caret: number): Field {
  return { text: all.join(''), caret }
}

function wordStart(all: readonly string[], from: number): number {
  let at = from
  while (at > 0 && all[at - 1] === ' ') at -= 1
  while (at > 0 && all[at - 1] !== ' ') at -= 1
  return at
}

/** Names of keys are longer than one character, what is typed is not. */
function isCharacter(key: string): boolean {
  return characters(key).length === 1 && safe(key) === key
}
