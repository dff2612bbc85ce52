import { go } from 'fuzzysort'
import { bindingsOf } from '../bindings.ts'
import { keyLabel, whyNot, type Binding } from '../keymap.ts'
import type { State } from '../state.ts'
import { PALETTE_COMMANDS, type PaletteCommand } from './commands.ts'

/** A line of the palette: what Tab puts into the line being typed, or a key of the screen that Enter presses. */
export type Entry = { text: string; about: string; why: string | null } & (
  | { kind: 'command'; complete: string }
  | { kind: 'argument'; complete: string }
  | { kind: 'key'; binding: Binding }
)

/** What is typed, taken apart: the command that it names and what follows. */
export interface Typed {
  command: PaletteCommand | undefined
  argument: string
}

/** The longest command whose whole name is typed. */
export function readTyped(text: string): Typed {
  const line = text.trimStart()
  const named = PALETTE_COMMANDS.filter(({ name }) => line === name || line.startsWith(`${name} `))
  const command = named.toSorted((one, other) => other.name.length - one.name.length)[0]
  return { command, argument: command ? line.slice(command.name.length).trim() : '' }
}

/** What the line being typed may become, the likeliest first. */
export function entriesFor(state: State, text: string): Entry[] {
  const { command } = readTyped(text)
  const line = text.trimStart()
  if (command?.candidates && line.length > command.name.length) return argumentEntries(state, command, line)
  const all = [...commandEntries(state), ...keyEntries(state)]
  if (line === '') return all
  return go(line, all, {
    keys: ['text', 'about'],
    limit: 0,
    threshold: 0.2,
    // A name is what people type; what it does only helps to find it.
    scoreFn: ([name, about]) => Math.max(name?.score ?? 0, (about?.score ?? 0) * 0.6),
  }).map(({ obj }) => obj)
}

/** Candidates for the last word of `line`. */
function argumentEntries(state: State, command: PaletteCommand, line: string): Entry[] {
  const word = /\S*$/.exec(line)?.[0] ?? ''
  const before = line.slice(0, line.length - word.length)
  const candidates = [...new Set(command.candidates?.(state) ?? [])]
  const found =
    word === '' ? candidates : go(word, candidates, { threshold: 0.2, limit: 50 }).map(({ target }) => target)
  return found.map((text) => ({ kind: 'argument', text, about: '', why: null, complete: before + text }))
}

function commandEntries(state: State): Entry[] {
  return PALETTE_COMMANDS.map((command) => ({
    kind: 'command',
    text: command.argument === undefined ? command.name : `${command.name} ${command.argument}`,
    about: command.does,
    why: whyNot(command, state),
    complete: command.argument === undefined ? command.name : `${command.name} `,
  }))
}

function keyEntries(state: State): Entry[] {
  return bindingsOf(state)
    .filter(({ keys }) => !keys.includes(':'))
    .map((binding) => ({
      kind: 'key',
      text: binding.does,
      about: binding.keys.map(keyLabel).join(' '),
      why: whyNot(binding, state),
      binding,
    }))
}
