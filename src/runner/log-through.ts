import type { LogLine } from '../domain/logs.ts'
import { linesWithin, logFiles } from './log-files.ts'
import { parseLine } from './log-format.ts'

/** Some lines of a log in a row, in memory that does not grow with the log. */
export interface LogStretch {
  lines: LogLine[]
  /** Bytes that the size cap dropped before the first of them. */
  dropped: number
  /** Bytes of the log that were read for them. */
  bytes: number
}

/**
 * Every line of the log at `path` as it is now, once and in order.
 * @throws ZafraError `not_found` where there is no such log
 */
export async function* logThrough(path: string): AsyncGenerator<LogStretch> {
  let next = 0
  let dropped = 0
  for (const file of await logFiles(path)) {
    dropped += file.start - next
    next = file.start
    for (;;) {
      const raw = await linesWithin(file, next, file.end, false)
      const last = raw.at(-1)
      if (!last) break
      const lines = raw.map(({ bytes, offset }) => parseLine(bytes, offset))
      yield { lines, dropped, bytes: last.next - next }
      dropped = 0
      next = last.next
    }
  }
}

/** Bytes on the disk of the log at `path`; 0 where there is none. */
export async function logBytes(path: string): Promise<number> {
  const files = await logFiles(path).catch(() => [])
  return files.reduce((sum, { start, end }) => sum + end - start, 0)
}
