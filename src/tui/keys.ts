import type { Key } from 'ink'
import { characters } from './text.ts'

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
  const named = NAMED.find(([flag]) => key[flag])
  if (named) return [named[1]]
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab']
  if (key.ctrl) return [`ctrl-${input}`]
  if (key.meta) return [`alt-${input}`]
  return characters(input).map(characterKey)
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
