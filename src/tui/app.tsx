import { useApp, useInput, usePaste } from 'ink'
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { keyNames } from './keys.ts'
import { paste, press } from './press.ts'
import type { Session } from './session.ts'
import type { View } from './view.ts'

/**
 * The one place where keys come in and views go out. The view is shown cell by cell (`painter.ts`) and not by Ink's
 * layout, which would measure and cut every row of it anew for each key: two thirds of the time to an answer.
 */
export function App({
  session,
  view,
  show,
}: {
  session: Session
  view: () => View
  show: (view: View) => void
}) {
  const { exit } = useApp()
  const seen = useSyncExternalStore(session.store.subscribe, view)
  useLayoutEffect(() => show(seen), [show, seen])
  useInput((input, key) => {
    press(session, ...keyNames(input, key)).catch(exit)
  })
  // Always there: without it a paste would be read as keys.
  usePaste((text) => {
    paste(session, text).catch(exit)
  })
  return null
}
