import { readMessage, type LogMessage } from '../../../domain/log-message.ts'
import type { LogLine, LogPage, LogStream } from '../../../domain/logs.ts'
import type { Readable } from '../../readable.ts'
import type { Style } from '../../style.ts'

/** A line of a log as it is shown. */
export interface Line {
  /** Names the line for good. */
  offset: number
  /** UTC, milliseconds, ISO 8601. */
  at: string
  stream: LogStream
  /** Fit for the screen, at most LONGEST characters. */
  text: string
  style: Style
  continued: boolean
  /** Whether it tells of an error, by its level. */
  error: boolean
  /** Bytes that the size cap cut out just before it. */
  gap: number
}

/** Longer lines are cut on the screen; the log has them whole. */
export const LONGEST = 4096

const OWN: Readonly<Record<LogStream, Style>> = { out: 'plain', err: 'warn', zafra: 'accent' }
const OF_MESSAGES: Readonly<Record<LogMessage['weight'], Style>> = {
  note: 'dim',
  plain: 'plain',
  warning: 'warn',
  error: 'bad',
}

/**
 * The lines of a page with what the cap cut out before each; `after`: what it cut out behind the last one.
 * @param from where the page begins in the log
 * @param until where what follows the page begins; undefined: nothing does yet
 */
export function pageLines(
  page: LogPage,
  { from, until }: { from: number; until: number | undefined },
  readable: Readable,
): { lines: Line[]; after: number } {
  const lines = page.lines.map((line) => lineOf(line, readable))
  if (page.dropped === 0) return { lines, after: 0 }
  const cut = lines[placeOfGap(page.lines, from, until)]
  if (cut) cut.gap = page.dropped
  return { lines, after: cut ? 0 : page.dropped }
}

function lineOf({ offset, at, stream, text, continued }: LogLine, readable: Readable): Line {
  const message = readMessage(text)
  return {
    offset,
    at,
    stream,
    text: readable(shortened(message?.text ?? text)),
    style: message ? OF_MESSAGES[message.weight] : OWN[stream],
    continued,
    error: message?.weight === 'error',
    gap: 0,
  }
}

/** A copy: a mere slice would keep the whole line in memory. */
function shortened(text: string): string {
  return text.length <= LONGEST ? text : Buffer.from(text.slice(0, LONGEST)).toString()
}

/**
 * Before which line the cut is, or how many lines there are where it is behind all. Where each line ends is not told:
 * its text, once decoded, is at least as long as its bytes, so that only a cut leaves room between two.
 */
function placeOfGap(lines: readonly LogLine[], from: number, until: number | undefined): number {
  const begins = [...lines.map(({ offset }) => offset), ...(until === undefined ? [] : [until])]
  const rooms = begins.map((begin, index) => {
    const before = lines[index - 1]
    return begin - (before ? endOf(before) : from)
  })
  return rooms.indexOf(Math.max(...rooms))
}

function endOf({ offset, at, stream, text }: LogLine): number {
  return offset + at.length + stream.length + ' : \n'.length + Buffer.byteLength(text)
}
