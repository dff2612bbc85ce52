import { NO_ENGINE } from './connection.ts'
import type { Session } from './session.ts'
import type { State } from './state.ts'

/**
 * A key and what it does: the footer, the help and the handler come from this. They stand in order of importance, what is
 * done to the row first: a narrow footer has room for the first ones only.
 */
export interface Binding {
  /** Names as `keyNames` gives them; the first one is shown. */
  keys: readonly string[]
  /** A word or two for the footer; absent: only the help and the palette name it. */
  label?: string
  /** In the footer at any width, or only where all others have room. */
  place?: 'always' | 'last'
  /** For the help. */
  does: string
  /** It has the engine do something, so that it cannot act while that is out of reach. */
  acts?: true
  /** It is about no row, so that it need not wait for the rows. */
  anytime?: true
  /** Why it cannot act now; null: it can. */
  unavailable?(state: State): string | null
  /** What is typed meanwhile waits for the promise. */
  run(session: Session): void | Promise<void>
}

const SHOWN: Readonly<Record<string, string>> = {
  up: 'Up',
  down: 'Down',
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  ' ': 'Space',
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

/** What `key` does now: of several, the first that can act, else the last, which is the most general. */
export function findBinding(bindings: readonly Binding[], key: string, state: State): Binding | undefined {
  const all = bindings.filter(({ keys }) => keys.includes(key))
  return all.find((binding) => whyNot(binding, state) === null) ?? all.at(-1)
}

/** Why a binding cannot act now; null: it can. */
export function whyNot(
  { acts, unavailable }: Pick<Binding, 'acts' | 'unavailable'>,
  state: State,
): string | null {
  if (acts && state.lost) return NO_ENGINE
  return unavailable?.(state) ?? null
}
