import { Box } from 'ink'
import type { Overlay } from '../dialogs.ts'
import { Painted } from './line.tsx'

/**
 * A box over the screen.
 *
 *     <Dialog overlay={questionOverlay(question, size, theme)} />
 */
export function Dialog({ overlay: { left, top, lines } }: { overlay: Overlay }) {
  return (
    <Box position="absolute" flexDirection="column" left={left} top={top}>
      {lines.map((line, row) => (
        <Painted key={row} text={line} />
      ))}
    </Box>
  )
}
