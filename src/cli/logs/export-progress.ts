import type { Clock } from '../../domain/clock.ts'
import { percentBar } from '../bars.ts'
import type { Output } from '../output.ts'
import { many, megabytes } from '../words.ts'

/** Milliseconds between two pictures of the bar, and between two lines where there is no terminal. */
const BAR_MS = 100
const LINE_MS = 10_000

export interface Progress {
  /** @param bytes of the logs read so far @param lines written so far */
  at(bytes: number, lines: number): void
  /** Takes the bar off the screen. */
  end(): void
}

/**
 * Tells how far it is, on standard error: a bar on a terminal, a line every so often elsewhere.
 * @param total bytes of the logs
 */
export function showProgress(
  total: number,
  { output, stderr, clock }: { output: Output; stderr: NodeJS.WriteStream; clock: Clock },
): Progress {
  const quiet = output.loudness === 'quiet'
  const bar = stderr.isTTY
  let shown = clock.monotonic()
  let drawn = false
  return {
    at(bytes, lines) {
      if (quiet || clock.monotonic() - shown < (bar ? BAR_MS : LINE_MS)) return
      shown = clock.monotonic()
      // Logs that grow meanwhile are read to their new ends.
      const percent = total > 0 ? Math.min((100 * bytes) / total, 100) : 100
      const told = `${Math.floor(percent)} %  ${megabytes(bytes)} of ${megabytes(Math.max(total, bytes))}  ${many(lines, 'line')}`
      if (bar) {
        stderr.write(`\r${percentBar(percent)}  ${told}\u001b[K`)
        drawn = true
      } else output.note(told)
    },
    end() {
      if (drawn) stderr.write('\r\u001b[K')
    },
  }
}
