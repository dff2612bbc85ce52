import { Divider } from '../../components/frame.tsx'
import { Lines } from '../../components/line.tsx'
import { useLook } from '../../kernel/look.ts'
import type { Size } from '../../state.ts'
import { rowStarts } from '../../text.ts'
import type { Span } from '../../theme.ts'

/** Rows for the whole of a message. */
const MESSAGE_ROWS = 3
/** On a lower screen the list needs the rows. */
const LEAST_ROWS = 20

/** Rows below the list: an edge, and the message of the group under the cursor. */
export function detailHeight({ rows }: Size): number {
  return rows < LEAST_ROWS ? 0 : MESSAGE_ROWS + 1
}

/** The latest message as it came, of which the list has room for the beginning alone. */
export function Detail({ message }: { message: string }) {
  const { inner } = useLook()
  const starts = rowStarts(message, inner)
  const rows = Array.from({ length: MESSAGE_ROWS }, (_, at): Span[] => {
    // What is more than fits is cut in the last row.
    const end = at === MESSAGE_ROWS - 1 ? undefined : starts[at + 1]
    const start = starts[at]
    return start === undefined ? [] : [{ text: message.slice(start, end) }]
  })
  return (
    <>
      <Divider title={[{ text: 'The latest message', style: 'strong' }]} />
      <Lines rows={rows} />
    </>
  )
}
