import { whyNot } from '../keymap.ts'
import { edit, fieldOf } from '../prompt/field.ts'
import { remember, turnBack, type } from '../prompt/prompt.ts'
import type { Session } from '../session.ts'
import type { Prompt } from '../state.ts'
import { entriesFor, readTyped, type Entry } from './entries.ts'

/** Tab completes, Enter does it, Esc leaves; up and down choose, and go back to earlier lines where nothing is typed. */
export async function pressInPalette(session: Session, prompt: Prompt, key: string): Promise<void> {
  const { text } = prompt.field
  if (key === 'esc' || key === 'ctrl-c' || (key === 'backspace' && text === ''))
    return session.set({ prompt: null })
  if (key === 'enter') return carryOut(session, prompt)
  if (key === 'tab') return complete(session, prompt)
  if (key === 'up' || key === 'down') return choose(session, prompt, key === 'down' ? 1 : -1)
  const field = edit(prompt.field, key)
  if (field) type(session, { ...prompt, past: 0 }, field)
}

function choose(session: Session, prompt: Prompt, step: 1 | -1): void {
  const earlier = prompt.past > 0 || (prompt.field.text === '' && prompt.chosen === 0 && step === -1)
  if (earlier) return turnBack(session, prompt, step === -1 ? 1 : -1)
  const entries = entriesFor(session.state, prompt.field.text)
  const chosen = Math.max(0, Math.min(prompt.chosen + step, entries.length - 1))
  session.set({ prompt: { ...prompt, chosen } })
}

function complete(session: Session, prompt: Prompt): void {
  const entry = entriesFor(session.state, prompt.field.text)[prompt.chosen]
  if (entry && entry.kind !== 'key') type(session, prompt, fieldOf(entry.complete))
}

/** What is typed in full is done; else what is chosen, or it is completed where the operator has yet to choose. */
async function carryOut(session: Session, prompt: Prompt): Promise<void> {
  const { text } = prompt.field
  const explicit = prompt.chosen > 0
  const entry = entriesFor(session.state, text)[prompt.chosen]
  const { command, argument } = readTyped(text)
  if (entry?.kind === 'key' && (explicit || !command)) return pressKey(session, entry)
  if (entry?.kind === 'argument') {
    if (explicit) return run(session, entry.complete)
    if (argument === '') return type(session, prompt, fieldOf(entry.complete))
    return run(session, isWhole(entry, text) ? text : entry.complete)
  }
  if (command && (!explicit || entry === undefined)) return run(session, text)
  if (!entry || entry.kind === 'key') return session.notify(`there is no command "${text.trim()}"`, 'warn')
  if (entry.complete.endsWith(' ')) return type(session, prompt, fieldOf(entry.complete))
  await run(session, entry.complete)
}

/** Whether the last word needs no completion: it is a candidate, a number, or not begun. */
function isWhole({ text }: Entry, line: string): boolean {
  const word = /\S*$/.exec(line)?.[0] ?? ''
  return word === text || /^\d*$/.test(word)
}

async function pressKey(session: Session, { binding, why }: Extract<Entry, { kind: 'key' }>): Promise<void> {
  session.set({ prompt: null })
  if (why !== null || whyNot(binding, session.state) !== null)
    return session.notify(why ?? 'it cannot act now', 'warn')
  await binding.run(session)
}

async function run(session: Session, line: string): Promise<void> {
  const { command, argument } = readTyped(line)
  if (!command) return session.notify(`there is no command "${line.trim()}"`, 'warn')
  remember(session, 'palette', line)
  const why = whyNot(command, session.state)
  session.set({ prompt: null })
  const answer = why ?? (await command.run(session, argument))
  if (typeof answer === 'string') session.notify(`${command.name}: ${answer}`, 'warn')
}
