import { Text, useApp, useInput, usePaste, useStdout } from 'ink'
import { useEffect, useSyncExternalStore } from 'react'
import { keyNames } from '../keys.ts'
import { paste, press } from '../press.ts'
import type { Session } from '../session.ts'
import { promptText } from './dialog.ts'
import { Reader } from './reader.ts'

/** For a screen reader: what is said goes by line after line, only the line being typed stays. */
export function ReaderApp({ session, onReader }: { session: Session; onReader: (reader: Reader) => void }) {
  const { exit } = useApp()
  const { write } = useStdout()
  const { clock, readable } = session.surroundings
  const line = useSyncExternalStore(session.store.subscribe, () => readable(promptText(session.state)))
  useEffect(() => {
    const reader = new Reader(session, clock, (text) => write(`${readable(text)}\n`))
    onReader(reader)
    return () => reader.end()
  }, [session, clock, readable, write, onReader])
  useInput((input, key) => {
    press(session, ...keyNames(input, key)).catch(exit)
  })
  usePaste((text) => {
    paste(session, text).catch(exit)
  })
  return <Text>{line}</Text>
}
