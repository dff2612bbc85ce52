import type { Binding } from '../keymap.ts'
import type { State } from '../state.ts'
import type { Theme } from '../theme.ts'

export interface Screen {
  /** For the help. */
  title: string
  bindings: readonly Binding[]
  /** Every line of the screen but the footer, each exactly as wide as the terminal. */
  draw(state: State, theme: Theme): string[]
}
