import type { Overlay } from './components/dialog.tsx'
import { questionOverlay } from './dialogs.ts'
import { helpOverlay } from './help.ts'
import { paletteOverlay } from './palette/draw.ts'
import { SCREENS } from './screens/screens.ts'
import { front, type State } from './state.ts'
import type { Theme } from './theme.ts'

/** What lies over the screen: the question, the help or the palette; null: nothing does. */
export function overlayOf(state: State, theme: Theme): Overlay | null {
  const { dialog, prompt, size } = state
  if (prompt?.kind === 'palette' && !dialog) return paletteOverlay(state, prompt, theme)
  if (!dialog) return null
  if (dialog.kind === 'question') return questionOverlay(dialog, size, theme)
  return helpOverlay(SCREENS[front(state)].title, dialog.from, state, theme)
}
