import { Box, Text, useApp, useInput, usePaste } from 'ink'
import { memo, useSyncExternalStore } from 'react'
import { keyNames } from './keys.ts'
import { paste, press } from './press.ts'
import type { Session } from './session.ts'
import type { View } from './view.ts'

/** Everything on the screen, and the one place where keys come in. */
export function App({ session, view }: { session: Session; view: () => View }) {
  const { exit } = useApp()
  const { columns, rows, lines, overlay } = useSyncExternalStore(session.store.subscribe, view)
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(session, name).catch(exit)
  })
  // Always there: without it a paste would be read as keys.
  usePaste((text) => paste(session, text))
  // Not clipped: the view fits by contract, and Ink would measure every cell of it for that (a fifth of the time).
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Rows lines={lines} />
      {overlay && (
        <Box position="absolute" marginTop={overlay.top} marginLeft={overlay.left} flexDirection="column">
          <Rows lines={overlay.lines} />
        </Box>
      )}
    </Box>
  )
}

function Rows({ lines }: { lines: readonly string[] }) {
  // A row is its place on the screen: no other key would let it be kept.
  return lines.map((line, index) => <Row key={index} text={line} />)
}

const Row = memo(({ text }: { text: string }) => <Text wrap="truncate">{text}</Text>)
