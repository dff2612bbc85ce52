import { MESSAGE, readMessage } from '../domain/log-message.ts'
import type { LogMatches, LogStream } from '../domain/logs.ts'
import { searchPattern } from '../domain/search-pattern.ts'
import { MAX_LINE } from './lines.ts'
import { readBytes, type LogFile } from './log-files.ts'
import { parseLine } from './log-format.ts'

/** Bytes searched by one call: what takes a moment. */
const PIECE = 8 * 1024 * 1024
/** Bytes searched between two turns of the event loop; holds several of the longest lines. */
const WINDOW = 8 * MAX_LINE
/** More lines than this in one answer serve nobody. */
const MOST_LINES = 10_000

const NEWLINE = 10

interface Search {
  text: RegExp
  stream: LogStream | undefined
}

/** Whole lines of a log, and where they begin in it. */
interface Window {
  offset: number
  bytes: Buffer
}

/**
 * The next piece of a search in the files of a log, from byte `from` on; memory does not grow with the log. A line
 * that the process went on with in the next one is searched as two; a message is also searched as the words it stands
 * for, which is how it is shown.
 */
export async function findInLog(
  files: readonly LogFile[],
  { text, from, stream }: { text: string; from: number; stream?: LogStream },
): Promise<LogMatches> {
  const search = { text: searchPattern(text), stream }
  const lines: number[] = []
  let next = from
  let left = PIECE
  if (text === '') return { lines, next: Math.max(from, files.at(-1)?.end ?? 0), end: true }
  for (const file of files) {
    if (file.end <= next) continue
    next = Math.max(next, file.start)
    for (;;) {
      const window = await readWindow(file, next)
      if (!window) break
      next = findInWindow(window, search, lines)
      left -= window.bytes.length
      if (left <= 0 || lines.length === MOST_LINES) return { lines, next, end: false }
    }
  }
  return { lines, next, end: true }
}

/** The next whole lines of a file from byte `from` of the log on; undefined where there are none (yet). */
async function readWindow(file: LogFile, from: number): Promise<Window | undefined> {
  // A byte more at the front, to know whether a line begins there.
  const begin = Math.max(from - 1, file.start)
  const bytes = await readBytes(file.path, begin - file.start, Math.min(file.end - begin, WINDOW))
  const first = begin < from ? bytes.indexOf(NEWLINE) + 1 : 0
  const last = bytes.lastIndexOf(NEWLINE)
  if (last >= first) return { offset: begin + first, bytes: bytes.subarray(first, last + 1) }
  // Only a damaged log has no line here; its bytes are passed over, or no search would ever get past them.
  return bytes.length === WINDOW ? { offset: begin, bytes } : undefined
}

/** Adds the lines that match. Returns where to go on: after the window, or after the last line that there is room for. */
function findInWindow({ offset, bytes }: Window, search: Search, lines: number[]): number {
  const { text } = search
  // Decoded the lines may have other lengths, but they are as many: both are walked side by side.
  const decoded = bytes.toString()
  let line = { at: 0, decodedAt: 0 }
  const next = candidates(text, decoded)
  for (let at = next(0); at >= 0; at = next(line.decodedAt)) {
    line = lineAround(bytes, decoded, line, at)
    const end = bytes.indexOf(NEWLINE, line.at)
    if (end < 0) break
    if (matches(bytes.subarray(line.at, end), search)) lines.push(offset + line.at)
    line = { at: end + 1, decodedAt: decoded.indexOf('\n', line.decodedAt) + 1 }
    if (lines.length === MOST_LINES) return offset + line.at
  }
  return offset + bytes.length
}

/** The next place from which a line may match: where the text stands, or a message, whose words are not known yet. */
function candidates(text: RegExp, decoded: string): (from: number) => number {
  let [found, message] = [-2, -2]
  return (from) => {
    if (found !== -1 && found < from) found = placeOf(text, decoded, from)
    if (message !== -1 && message < from) message = decoded.indexOf(MESSAGE, from)
    return found === -1 || message === -1 ? Math.max(found, message) : Math.min(found, message)
  }
}

function placeOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? -1
}

/** The beginning of the line that holds the place `at` of the decoded text, from a line before it on. */
function lineAround(
  bytes: Buffer,
  decoded: string,
  from: { at: number; decodedAt: number },
  at: number,
): { at: number; decodedAt: number } {
  const line = { ...from }
  for (;;) {
    const end = decoded.indexOf('\n', line.decodedAt)
    if (end < 0 || end >= at) return line
    line.decodedAt = end + 1
    line.at = bytes.indexOf(NEWLINE, line.at) + 1
  }
}

/** What stands before the text of a line is ours and is not searched. */
function matches(bytes: Buffer, { text, stream }: Search): boolean {
  const line = parseLine(bytes, 0)
  if (stream !== undefined && line.stream !== stream) return false
  if (placeOf(text, line.text, 0) >= 0) return true
  const message = readMessage(line.text)
  return message !== undefined && placeOf(text, message.text, 0) >= 0
}
