import { useApp, useInput, usePaste } from 'ink'
import { keyNames } from './keys.ts'
import type { ThemeName } from './palettes.ts'
import { paste, press } from './press.ts'
import type { Session } from './session.ts'
import type { Theme } from './theme.ts'
import { Ui } from './ui.tsx'

/** The one place where keys come in, around all that is shown. */
export function App({ session, themes }: { session: Session; themes: (name: ThemeName) => Theme }) {
  const { exit } = useApp()
  useInput((input, key) => {
    press(session, ...keyNames(input, key)).catch(exit)
  })
  // Always there: without it a paste would be read as keys.
  usePaste((text) => {
    paste(session, text).catch(exit)
  })
  return <Ui store={session.store} themes={themes} />
}
