import type { LogLine, LogPage, LogReader, LogStream } from '../domain/logs.ts'
import type { LogFrom } from '../domain/query.ts'
import { linesWithin, logFiles, type LogFile } from './log-files.ts'
import { parseLine } from './log-format.ts'
import { findInLog } from './log-search.ts'
import { removalOf, type Removal } from './log-removed.ts'

/** A page of longer lines than this together holds fewer of them. */
const MOST_BYTES = 2 * 1024 * 1024

/** Reads logs that a LogWriter wrote or still writes; memory does not grow with the log. */
export function createLogReader(): LogReader {
  return {
    async find(path, search) {
      const files = await logFiles(path).catch((error: unknown) => unlessRemoved(path, error))
      return Array.isArray(files) ? findInLog(files, search) : { lines: [], next: search.from, end: true }
    },
    async read(path, { from, limit, stream }) {
      const files = await logFiles(path).catch((error: unknown) => unlessRemoved(path, error))
      if (!Array.isArray(files)) return removedPage(files, from)
      const end = files.at(-1)?.end ?? 0
      if (from !== 'end' && 'offset' in from) return readForward(files, from.offset, limit, stream)
      return readBackward(files, from === 'end' ? end : Math.min(from.before, end), limit, stream)
    },
  }
}

async function unlessRemoved(path: string, error: unknown): Promise<Removal> {
  const removal = await removalOf(path)
  if (removal) return removal
  throw error
}

/** What is left of a log that retention removed: one line that says so, at its beginning. */
function removedPage({ at, rule }: Removal, from: LogFrom): LogPage {
  const shown = from === 'end' || ('offset' in from ? from.offset === 0 : from.before > 0)
  const why =
    rule === 'age' ? 'it was older than logs.retention' : 'all logs took more than logs.retention_bytes'
  const text = `this log was removed by retention on ${at.slice(0, 10)}: ${why}`
  const line: LogLine = { offset: 0, at, stream: 'zafra', text, continued: false }
  return { lines: shown ? [line] : [], next: 1, dropped: 0, end: true, removed_at: at }
}

async function readForward(
  files: readonly LogFile[],
  from: number,
  limit: number,
  stream: LogStream | undefined,
): Promise<LogPage> {
  const lines: LogLine[] = []
  let next = from
  let dropped = 0
  let bytes = 0
  for (const file of files) {
    if (file.end <= next) continue
    if (file.start > next) {
      dropped += file.start - next
      next = file.start
    }
    for (;;) {
      const raw = await linesWithin(file, next, file.end, false)
      if (raw.length === 0) break
      for (const each of raw) {
        if (lines.length === limit || bytes > MOST_BYTES) return { lines, next, dropped, end: false }
        const line = parseLine(each.bytes, each.offset)
        next = each.next
        if (stream && line.stream !== stream) continue
        lines.push(line)
        bytes += each.bytes.length
      }
    }
  }
  return { lines, next, dropped, end: true }
}

async function readBackward(
  files: readonly LogFile[],
  before: number,
  limit: number,
  stream: LogStream | undefined,
): Promise<LogPage> {
  const lines: LogLine[] = []
  let first = before
  let next: number | undefined
  let dropped = 0
  let bytes = 0
  const full = () => lines.length === limit || bytes > MOST_BYTES
  for (const file of files.toReversed()) {
    if (file.start >= first) continue
    let gap = Math.max(first - file.end, 0)
    first = Math.min(first, file.end)
    while (!full()) {
      const raw = await linesWithin(file, file.start, first, true)
      if (raw.length === 0) break
      for (const each of raw.toReversed()) {
        if (full()) break
        first = each.offset
        next ??= each.next
        const line = parseLine(each.bytes, each.offset)
        if (stream && line.stream !== stream) continue
        lines.push(line)
        bytes += each.bytes.length
        dropped += gap
        gap = 0
      }
    }
    if (full()) break
    // With nothing taken from this file, the gap lies before the page and is not of it.
    first = file.start
  }
  const last = next ?? before
  return { lines: lines.toReversed(), next: last, dropped, end: last >= (files.at(-1)?.end ?? 0) }
}
