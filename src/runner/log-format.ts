import type { LogLine, LogStream } from '../domain/logs.ts'

/*
 * One line of an attempt's log:  2026-11-24T05:31:00.123Z out: text
 * `out`, `err` or `zafra`; then `:`, or `+` where the process went on with the line in the next one. The text
 * is the process's own bytes, whatever they are; a newline cannot be among them.
 *
 * A log over its cap loses its middle: `<log>` holds the head, files in `<log>.tail/`, each named by the
 * offset at which it begins, hold the end. Offsets count from the first byte ever written, dropped ones
 * included, so that an offset names a line for good.
 */
const LINE_START = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (out|err|zafra)([:+]) /
const LONGEST_START = 40

// A flood has many lines in one millisecond, and writing the time would be most of the work.
let lastTime = 0
let lastText = new Date(0).toISOString()

export function lineStart(at: Date, stream: LogStream, continued: boolean): string {
  const time = at.getTime()
  if (time !== lastTime) {
    lastText = at.toISOString()
    lastTime = time
  }
  return `${lastText} ${stream}${continued ? '+' : ':'} `
}

/** The folder with the end of the log at `path`. */
export function tailFolder(path: string): string {
  return `${path}.tail`
}

/** @param bytes without the newline @param offset where the line begins in the log */
export function parseLine(bytes: Buffer, offset: number): LogLine {
  const match = LINE_START.exec(bytes.toString('latin1', 0, LONGEST_START))
  // A power cut can leave bytes that are no line of ours; they are shown rather than hidden.
  if (!match)
    return {
      offset,
      at: new Date(0).toISOString(),
      stream: 'zafra',
      text: bytes.toString(),
      continued: false,
    }
  return {
    offset,
    at: match[1] ?? '',
    stream: match[2] as LogStream,
    text: bytes.toString('utf8', match[0].length),
    continued: match[3] === '+',
  }
}
