import { renderToString } from 'ink'
import type { State } from '../../src/tui/state.ts'
import type { Theme } from '../../src/tui/theme.ts'
import { Ui } from '../../src/tui/ui.tsx'

/** The lines of the frame that Ink renders of a state; blank cells at their ends are left out. */
export function inkLines(state: State, theme: Theme): string[] {
  const store = { get: () => state, subscribe: () => () => {} }
  return renderToString(<Ui store={store} themes={() => theme} />, { columns: state.size.columns }).split(
    '\n',
  )
}
