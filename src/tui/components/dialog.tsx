import { Box } from 'ink'
import { Painted } from './line.tsx'

/** Lines of a box over the screen and where its upper left corner is. */
export interface Overlay {
  left: number
  top: number
  lines: string[]
}

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
