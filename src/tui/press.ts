import { safe } from '../domain/safe.ts'
import { bindingsOf, isKnown } from './bindings.ts'
import { lastHelpRow } from './help.ts'
import { findBinding, keyLabel, whyNot } from './keymap.ts'
import { pressInPalette } from './palette/press.ts'
import { pastedText, pasteKey } from './keys.ts'
import { insert } from './prompt/field.ts'
import { pressInFilter, type } from './prompt/prompt.ts'
import type { Session } from './session.ts'
import type { Dialog, Help } from './state.ts'

/** Takes keys that were typed in one go; resolves when all are done with. Throws what cannot be mended. */
export async function press(session: Session, ...keys: string[]): Promise<void> {
  await session.typeAhead.take(keys)
}

/** Does what `key` means where the operator is. */
export function act(session: Session, key: string): void | Promise<void> {
  const { dialog, notice, prompt } = session.state
  const pasted = pastedText(key)
  if (pasted !== undefined) return insertPasted(session, pasted)
  if (dialog) return answer(session, dialog, key)
  if (prompt?.kind === 'filter') return pressInFilter(session, prompt, key)
  if (prompt) return pressInPalette(session, prompt, key)
  if (notice) session.set({ notice: null })
  const binding = findBinding(bindingsOf(session.state), key, session.state)
  if (!binding && !isKnown(key)) return undefined
  if (!binding) return session.notify(`${keyLabel(key)} does nothing here; ? shows the keys that do`, 'warn')
  const why = whyNot(binding, session.state)
  if (why !== null) return session.notify(why, 'warn')
  return binding.run(session)
}

/** Puts pasted text into the line being typed, as one line; elsewhere a paste does nothing. */
export async function paste(session: Session, text: string): Promise<void> {
  await session.typeAhead.take([pasteKey(text)])
}

function insertPasted(session: Session, text: string): void {
  const { prompt, dialog } = session.state
  if (!prompt || dialog) return
  const line = safe(text.trim().replaceAll(/\s+/g, ' ')).slice(0, LONGEST_PASTE)
  type(session, prompt, insert(prompt.field, line))
}

const LONGEST_PASTE = 500

/** A question stays until it is answered; Enter is no, unless the question says otherwise. */
function answer(session: Session, dialog: Dialog, key: string): void | Promise<void> {
  if (dialog.kind === 'help') return turnHelp(session, dialog, key)
  const meant = key === 'enter' ? dialog.enter : key
  const chosen = dialog.answers.find((each) => each.key === meant)
  if (!chosen && !['esc', 'enter', 'n', 'q', 'ctrl-c'].includes(key)) return undefined
  session.set({ dialog: null })
  return chosen?.run(session)
}

/** Moving keys scroll the help, every other one closes it. */
function turnHelp(session: Session, { from }: Help, key: string): void {
  const last = lastHelpRow(session.state)
  const step = HELP_STEPS[key]
  if (step === undefined) return session.set({ dialog: null })
  session.set({ dialog: { kind: 'help', from: Math.max(0, Math.min(from + step, last)) } })
}

const HELP_STEPS: Readonly<Record<string, number>> = {
  j: 1,
  down: 1,
  pgdn: 10,
  'ctrl-d': 10,
  G: Infinity,
  k: -1,
  up: -1,
  pgup: -10,
  'ctrl-u': -10,
  g: -Infinity,
}
