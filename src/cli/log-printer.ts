import type { Clock } from '../domain/clock.ts'
import type { LogLine, LogStream } from '../domain/logs.ts'
import { safe } from '../domain/safe.ts'
import type { Reader } from './open-engine.ts'
import type { Output } from './output.ts'
import { count } from './words.ts'

const PAGE = 1000
/** How often a followed log is looked at, and how long it must be silent before its attempt may have ended. */
const LOOK_MS = 300
const SILENCE_MS = 2000

/** The wanted lines of one attempt's log. */
export interface LogChoice {
  task_id: number
  attempt: number
  stream?: LogStream
}

/**
 * Prints a log from its beginning to its end, page by page. Returns when retention removed it, if it did: then there
 * is nothing to print.
 * @param hasEnded asked whether the attempt is over, when the log has been silent for a while; a followed log
 *   goes on until it is
 */
export async function printLog(
  reader: Reader,
  choice: LogChoice,
  print: (line: LogLine) => void,
  context: { output: Output; clock: Clock; hasEnded: () => Promise<boolean> },
): Promise<string | undefined> {
  const { output, clock, hasEnded } = context
  let offset = 0
  let ended = await hasEnded()
  let heard = clock.monotonic()
  while (!output.gone.aborted) {
    const page = await reader.query({ type: 'log', ...choice, from: { offset }, limit: PAGE })
    if (page.removed_at !== undefined) {
      output.note(page.lines[0]?.text ?? 'this log was removed by retention')
      return page.removed_at
    }
    if (page.dropped > 0) output.note(`… ${count(page.dropped)} bytes left out by the size limit`)
    for (const line of page.lines) print(line)
    offset = page.next
    if (!page.end) continue
    if (ended) return undefined
    if (page.lines.length > 0) heard = clock.monotonic()
    else if (clock.monotonic() - heard >= SILENCE_MS) {
      // Once more round after it has ended: its last lines may have come in between.
      ended = await hasEnded()
      heard = clock.monotonic()
    }
    if (!ended) await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve))
  }
  return undefined
}

/** Time, stream and text, for a person; as columns where it is piped. */
export function printLine({ json, terminal, line, colour }: Output): (log: LogLine) => void {
  if (json) return () => {}
  const gap = terminal ? '  ' : '\t'
  return ({ at, stream, text }) => {
    const shown = `${at}${gap}${stream.padEnd(terminal ? 5 : 0)}${gap}${safe(text)}`
    line(stream === 'err' ? colour.yellow(shown) : stream === 'zafra' ? colour.dim(shown) : shown)
  }
}

/** What the process wrote and nothing else; a terminal still gets nothing that it would act on. */
export function printRaw({ terminal, raw, line }: Output): (log: LogLine) => void {
  return ({ stream, text, continued }) => {
    if (stream === 'zafra') return
    if (terminal) line(safe(text))
    else raw(continued ? text : `${text}\n`)
  }
}
