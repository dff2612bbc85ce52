import { Lines, Note } from '../../components/line.tsx'
import { useLook } from '../../kernel/look.ts'
import { logRows } from './rows.ts'
import type { LogView, Shape } from './view.ts'

/**
 * The lines of a log that are in sight, or why there are none.
 *
 *     <LogLines log={log} shape={{ height: 36, cells: 116 }} />
 */
export function LogLines({ log, shape }: { log: LogView; shape: Shape }) {
  const { theme } = useLook()
  const rows = logRows(log, shape, theme)
  return rows.length === 0 ? <Note text={emptyText(log)} /> : <Lines rows={rows} />
}

function emptyText({ attempt, choice, attempts }: LogView): string {
  if (attempt === null) return attempts === null ? 'No attempt yet' : 'Reading'
  if (choice.errors) return 'No errors here'
  return choice.stream === undefined ? 'Nothing here yet' : `Nothing on standard ${STREAMS[choice.stream]}`
}

const STREAMS = { out: 'output', err: 'error', zafra: 'notes' }
