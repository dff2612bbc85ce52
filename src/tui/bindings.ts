import { COMMON_BINDINGS } from './screens/common-bindings.ts'
import type { Binding } from './keymap.ts'
import { SCREENS } from './screens/screens.ts'
import { front, type State } from './state.ts'

/** Whether the key means something, if only on another screen. */
export function isKnown(key: string): boolean {
  return Object.values(SCREENS).some(({ bindings }) => bindings.some(({ keys }) => keys.includes(key)))
}

/** Every key of the screen in front: its own, then what all have. */
export function bindingsOf(state: Pick<State, 'trail'>): readonly Binding[] {
  return [...SCREENS[front(state)].bindings, ...COMMON_BINDINGS]
}
