import { Box, Text, useApp, useInput, usePaste } from 'ink'
import { memo, useSyncExternalStore } from 'react'
import { keyNames } from './keys.ts'
import { paste, press } from './press.ts'
import type { Session } from './session.ts'
import type { View } from './view.ts'

/** The one place where keys come in; what is shown is a tree of Ink's, a `Text` per line. */
export function App({ session, view }: { session: Session; view: () => View }) {
  const { exit } = useApp()
  const shown = useSyncExternalStore(session.store.subscribe, view)
  useInput((input, key) => {
    press(session, ...keyNames(input, key)).catch(exit)
  })
  // Always there: without it a paste would be read as keys.
  usePaste((text) => {
    paste(session, text).catch(exit)
  })
  return <Shown view={shown} />
}

/** The lines of a screen, and the box that lies over them. */
export function Shown({ view: { columns, rows, lines, overlay } }: { view: View }) {
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Lines lines={lines} />
      {overlay && (
        <Box position="absolute" flexDirection="column" left={overlay.left} top={overlay.top}>
          <Lines lines={overlay.lines} />
        </Box>
      )}
    </Box>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line, row) => <Line key={row} text={line} />)
}

/** A line that did not change is neither measured nor wrapped again. */
const Line = memo(function Line({ text }: { text: string }) {
  return <Text wrap="truncate">{text}</Text>
})
