import { Box } from 'ink'
import type { ReactNode } from 'react'
import { useLook } from '../kernel/look.ts'
import { MARGIN } from '../frame.ts'
import type { Span } from '../theme.ts'
import { Painted } from './line.tsx'

/**
 * The box that holds a screen: the two sides around `height` rows. Its edges are lines of their own, as they carry text.
 *
 *     <Sides height={37}><Line spans={[{ text: 'Waiting' }]} /></Sides>
 */
export function Sides({ height, children }: { height: number; children: ReactNode }) {
  const { columns, theme } = useLook()
  const side = theme.paint([{ text: theme.glyphs.vertical, style: 'dim' }], 1)
  const sides = Array.from({ length: height }, () => side).join('\n')
  return (
    <Box flexDirection="column" flexShrink={0} height={height} width={columns} paddingX={MARGIN}>
      <Box position="absolute" left={0}>
        <Painted text={sides} />
      </Box>
      <Box position="absolute" left={columns - 1}>
        <Painted text={sides} />
      </Box>
      {children}
    </Box>
  )
}

/**
 * The line that begins a part of a screen; it reaches from side to side.
 *
 *     <Divider title={[{ text: 'Ledger', style: 'strong' }]} note={[{ text: '60 slots', style: 'dim' }]} />
 */
export function Divider({ title, note = [] }: { title: readonly Span[]; note?: readonly Span[] }) {
  const { frame } = useLook()
  return (
    <Box marginX={-MARGIN}>
      <Painted text={frame.divider(title, note)} />
    </Box>
  )
}
