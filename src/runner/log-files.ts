import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ZafraError } from '../domain/error.ts'
import { MAX_LINE } from './lines.ts'
import { tailFolder } from './log-format.ts'

/** One file of a log: the bytes from `start` to `end` of the log. */
export interface LogFile {
  path: string
  start: number
  end: number
}

/** A line's place in the log, and its bytes without the newline. */
export interface RawLine {
  offset: number
  /** Where the next line begins. */
  next: number
  bytes: Buffer
}

const NEWLINE = 10
/** Holds at least one whole line wherever it begins, since none is longer than half of it. */
const WINDOW = 4 * MAX_LINE

/**
 * The files of the log at `path`, in order, as they are now.
 * @throws ZafraError `not_found`
 */
export async function logFiles(path: string): Promise<LogFile[]> {
  const folder = tailFolder(path)
  // The names before the sizes: a file that has a successor grows no more, so no line falls between two of them.
  const names = await readdir(folder).catch(() => [])
  const starts = names.map(Number).filter(Number.isSafeInteger)
  const head = await logFile(path, 0)
  if (!head) throw new ZafraError('not_found', `there is no log at ${path}`)
  const tail = await Promise.all(starts.map((start) => logFile(join(folder, String(start)), start)))
  return [head, ...tail.filter((file) => file !== undefined)].sort((a, b) => a.start - b.start)
}

async function logFile(path: string, start: number): Promise<LogFile | undefined> {
  const facts = await stat(path).catch(() => undefined)
  return facts && { path, start, end: start + facts.size }
}

/**
 * The whole lines of a window of `file`, between the offsets `from` and `to` of the log: the first ones, or
 * the last ones when `backward`. Empty where there is none, or where the file was removed meanwhile.
 */
export async function linesWithin(
  file: LogFile,
  from: number,
  to: number,
  backward: boolean,
): Promise<RawLine[]> {
  // A byte more at the front, so that what comes before the first newline is never a whole line.
  const first = Math.max(backward ? Math.max(from, to - WINDOW + 1) : from, file.start)
  const begin = Math.max(first - 1, file.start)
  const bytes = await readBytes(file.path, begin - file.start, Math.min(to - begin, WINDOW))
  const lines = splitLines(bytes, begin)
  if (begin < first) lines.shift()
  // Only a damaged log has no line here; its bytes count as one, or no reader would ever get past them.
  if (lines.length === 0 && bytes.length === WINDOW) return [{ offset: first, next: begin + WINDOW, bytes }]
  return lines
}

function splitLines(bytes: Buffer, offset: number): RawLine[] {
  const lines: RawLine[] = []
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    lines.push({ offset: offset + start, next: offset + end + 1, bytes: bytes.subarray(start, end) })
    start = end + 1
  }
  return lines
}

/** Fewer than asked at the end of the file; none where it was removed meanwhile. */
export async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  if (length <= 0) return Buffer.alloc(0)
  const file = await open(path).catch(() => undefined)
  if (!file) return Buffer.alloc(0)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
