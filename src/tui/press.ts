import { helpHeight } from './dialogs.ts'
import { findBinding } from './keymap.ts'
import { bindingsOf } from './screens/screens.ts'
import type { Session } from './session.ts'
import type { Dialog, Help } from './state.ts'

/** Does what `key` means where the operator is. */
export async function press(session: Session, key: string): Promise<void> {
  const { dialog, notice } = session.state
  if (dialog) return answer(session, dialog, key)
  if (notice) session.set({ notice: null })
  const binding = findBinding(bindingsOf(session.state), key)
  if (!binding) return
  const why = binding.unavailable?.(session.state) ?? null
  if (why !== null) return session.notify(why, 'warn')
  await binding.run(session)
}

/** A question stays until it is answered; Enter is no. */
async function answer(session: Session, dialog: Dialog, key: string): Promise<void> {
  if (dialog.kind === 'help') return turnHelp(session, dialog, key)
  const chosen = dialog.answers.find((each) => each.key === key)
  if (!chosen && !['esc', 'enter', 'n', 'q'].includes(key)) return
  session.set({ dialog: null })
  await chosen?.run(session)
}

/** Moving keys scroll the help, every other one closes it. */
function turnHelp(session: Session, { from }: Help, key: string): void {
  const { size } = session.state
  const last = Math.max(0, bindingsOf(session.state).length - helpHeight(size))
  const step = HELP_STEPS[key]
  if (step === undefined) return session.set({ dialog: null })
  session.set({ dialog: { kind: 'help', from: Math.max(0, Math.min(from + step, last)) } })
}

const HELP_STEPS: Readonly<Record<string, number>> = { j: 1, down: 1, pgdn: 10, k: -1, up: -1, pgup: -10 }
