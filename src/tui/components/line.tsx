import { Text } from 'ink'
import { memo } from 'react'
import { useLook } from '../kernel/look.ts'
import type { Span } from '../theme.ts'

/** A line as a theme painted it. One that did not change is neither measured nor wrapped again. */
export const Painted = memo(function Painted({ text }: { text: string }) {
  return <Text wrap="truncate">{text}</Text>
})

/**
 * A line of a screen, one `Text` whatever it is made of; what is too wide is cut.
 *
 *     <Line spans={[{ text: 'rows ', style: 'dim' }, { text: '412', style: 'strong' }]} />
 */
export function Line({ spans }: { spans: readonly Span[] }) {
  const { theme, inner } = useLook()
  // Ink looks at every character of a frame, also at the blanks at its right. A text of none would have no line.
  return <Painted text={theme.paint(spans, inner).trimEnd() || ' '} />
}

/** `rows`, one below the other. */
export function Lines({ rows }: { rows: readonly (readonly Span[])[] }) {
  return rows.map((spans, row) => <Line key={row} spans={spans} />)
}

export function BlankLine() {
  return <Line spans={[]} />
}

/** Instead of what is not there. */
export function Note({ text }: { text: string }) {
  return <Line spans={[{ text, style: 'dim' }]} />
}
