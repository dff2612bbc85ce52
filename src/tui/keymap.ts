import type { Session } from './session.ts'
import type { State } from './state.ts'

/** A key and what it does: the footer, the help and the handler come from this. */
export interface Binding {
  /** Names as `keyNames` gives them; the first one is shown. */
  keys: readonly string[]
  /** For the footer; absent: only the help names it. */
  label?: string
  /** For the help. */
  does: string
  /** Why it cannot act now; null: it can. */
  unavailable?(state: State): string | null
  run(session: Session): void | Promise<void>
}

const SHOWN: Readonly<Record<string, string>> = {
  up: 'Up',
  down: 'Down',
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  pgup: 'PgUp',
  pgdn: 'PgDn',
  home: 'Home',
  end: 'End',
}

/** A key as people write it: `Ctrl-L`, `Tab`, `r`. */
export function keyLabel(key: string): string {
  const control = /^ctrl-(.)$/.exec(key)?.[1]
  return control ? `Ctrl-${control.toUpperCase()}` : (SHOWN[key] ?? key)
}

export function findBinding(bindings: readonly Binding[], key: string): Binding | undefined {
  return bindings.find(({ keys }) => keys.includes(key))
}
