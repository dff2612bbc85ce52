import type { Key } from 'ink'
import { characters } from './text.ts'

/** A paste among the keys, so that it keeps its place behind those typed before it. */
export function pasteKey(text: string): string {
  return PASTE + text
}

/** What was pasted, where the key is a paste. */
export function pastedText(key: string): string | undefined {
  return key.startsWith(PASTE) ? key.slice(PASTE.length) : undefined
}

/** No key has such a name. */
const PASTE = 'paste '

const NAMED: readonly [keyof Key, string][] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pgup'],
  ['pageDown', 'pgdn'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
]

/** The names of the keys behind one input event: a burst typed faster than it is read arrives as one. */
export function keyNames(input: string, key: Key): string[] {
  if (isAfterEsc(input, key)) return ['esc', ...keyNames(input, { ...key, meta: false })]
  const named = NAMED.find(([flag]) => key[flag])
  if (named) return [named[1]]
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab']
  if (key.ctrl) return [`ctrl-${input}`]
  return characters(input).map(characterKey)
}

/**
 * Esc and a key that are read at once look like Alt and that key. No key here goes with Alt, and a lost Esc or `/` would
 * make keys of the text typed next. Arrows and the like with Alt have sequences of their own.
 */
function isAfterEsc(input: string, key: Key): boolean {
  return key.meta && (input !== '' || key.return || key.escape || key.tab || key.backspace)
}

function characterKey(character: string): string {
  const code = character.charCodeAt(0)
  if (character === '\r' || character === '\n' || character === '\r\n') return 'enter'
  if (character === '\t') return 'tab'
  if (character === '\u001b') return 'esc'
  if (character === '\u007f' || character === '\b') return 'backspace'
  if (code < 27) return `ctrl-${String.fromCharCode(code + 96)}`
  return character
}
