import type { Binding } from '../keymap.ts'
import type { State } from '../state.ts'
import { COMMON_BINDINGS } from './common-bindings.ts'
import { DASHBOARD } from './dashboard/dashboard.ts'
import { LOG } from './log/log.ts'
import type { Screen } from './screen.ts'

/** The screen in front. */
export function screenOf(state: Pick<State, 'log'>): Screen {
  return state.log ? LOG : DASHBOARD
}

/** Every key of the screen in front. */
export function bindingsOf(state: Pick<State, 'log'>): readonly Binding[] {
  return [...screenOf(state).bindings, ...COMMON_BINDINGS]
}
