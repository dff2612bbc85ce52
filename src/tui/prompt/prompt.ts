import type { Session } from '../session.ts'
import type { Prompt } from '../state.ts'
import { edit, fieldOf, type Field } from './field.ts'

/** Begins to type a filter for the list in front, from the one it has. */
export function openFilter(session: Session): void {
  const text = filterOf(session)?.text(session.state) ?? ''
  session.set({ prompt: { kind: 'filter', field: fieldOf(text), chosen: 0, past: 0 } })
}

/** Each key filters at once; Enter keeps the filter, Esc takes it away. */
export function pressInFilter(session: Session, prompt: Prompt, key: string): void {
  if (key === 'enter') return keep(session, prompt)
  if (key === 'esc' || key === 'ctrl-c') return drop(session)
  if (key === 'up' || key === 'down') return turnBack(session, prompt, key === 'up' ? 1 : -1)
  const field = edit(prompt.field, key)
  if (field) type(session, prompt, field)
}

/** The line is this now. */
export function type(session: Session, prompt: Prompt, field: Field): void {
  const changed = field.text !== prompt.field.text
  session.set({ prompt: { ...prompt, field, ...(changed && { chosen: 0 }) } })
  if (changed && prompt.kind === 'filter') filterOf(session)?.set(session, field.text)
}

/** Shows what was typed `step` lines before what is shown. */
export function turnBack(session: Session, prompt: Prompt, step: 1 | -1): void {
  const typed = session.typed[prompt.kind]
  const past = Math.max(0, Math.min(prompt.past + step, typed.length))
  if (past === prompt.past) return
  type(session, { ...prompt, past }, fieldOf(past === 0 ? '' : (typed.at(-past) ?? '')))
}

/** Remembers a line for `turnBack`, once. */
export function remember(session: Session, kind: Prompt['kind'], text: string): void {
  const typed = session.typed[kind]
  if (text.trim() === '') return
  if (typed.includes(text)) typed.splice(typed.indexOf(text), 1)
  typed.push(text)
}

function keep(session: Session, { field }: Prompt): void {
  // A fault stays before the eyes until it is mended or dropped.
  if (filterOf(session)?.fault?.(session.state)) return
  remember(session, 'filter', field.text)
  session.set({ prompt: null })
}

function drop(session: Session): void {
  filterOf(session)?.set(session, '')
  session.set({ prompt: null })
}

function filterOf({ screen }: Session) {
  return screen.filter
}
