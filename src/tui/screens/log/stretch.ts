import type { Line } from './line.ts'

/** A stretch of a log without gaps in which every line that is to be seen is in hand, at most RING of them. */
export interface Stretch {
  lines: readonly Line[]
  /** Bytes of the log: where it begins, and where what follows it does. */
  start: number
  next: number
  /** Whether nothing of the log comes before it; whether it reached the end when last read. */
  begins: boolean
  ends: boolean
  /** Bytes that the size cap cut out behind the last line. */
  after: number
}

const RING = 5000

/** A stretch in which nothing has been read. */
export function emptyAt(offset: number): Stretch {
  return { lines: [], start: offset, next: offset, begins: offset === 0, ends: false, after: 0 }
}

/** Lines behind the stretch. `lost`: how many left at its front. */
export function append(
  stretch: Stretch,
  read: Pick<Stretch, 'lines' | 'next' | 'ends' | 'after'>,
): { stretch: Stretch; lost: number } {
  const { lines: more, after } = cutBefore(read.lines, stretch.after, read.after)
  const all = more.length === 0 ? stretch.lines : [...stretch.lines, ...more]
  const lost = Math.max(0, all.length - RING)
  const lines = lost === 0 ? all : all.slice(lost)
  const start = lost === 0 ? stretch.start : (lines[0]?.offset ?? stretch.start)
  const begins = stretch.begins && lost === 0
  return { stretch: { lines, start, next: read.next, begins, ends: read.ends, after }, lost }
}

/** Lines in front of the stretch; what is too many leaves at its end. */
export function prepend(
  stretch: Stretch,
  read: Pick<Stretch, 'lines' | 'start' | 'begins' | 'after'>,
): Stretch {
  const { lines: own, after } = cutBefore(stretch.lines, read.after, stretch.after)
  const all = [...read.lines, ...own]
  const { start, begins } = read
  const first = all[RING]
  if (!first) return { ...stretch, start, begins, lines: all, after }
  return { start, begins, lines: all.slice(0, RING), next: first.offset, ends: false, after: first.gap }
}

/** `lines` behind a cut of so many bytes, which is told with the first of them; else with what follows. */
function cutBefore(lines: readonly Line[], bytes: number, after: number) {
  const [first, ...rest] = lines
  if (bytes === 0) return { lines, after }
  if (!first) return { lines, after: bytes + after }
  // It may be known of already: what left the ring is read again.
  return { lines: [{ ...first, gap: Math.max(first.gap, bytes) }, ...rest], after }
}
