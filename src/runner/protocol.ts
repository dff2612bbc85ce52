import { ERROR_CLASSES, type ErrorClass } from '../domain/error-class.ts'
import { LIST_STOPS, type ListReport } from '../domain/list-report.ts'
import type { Progress } from '../domain/query.ts'

/** A line of a scraper that speaks to us (source: scraper-contract.md, Out). */
export type Message =
  | { type: 'progress'; progress: Partial<Progress> }
  | { type: 'state'; value: unknown }
  | { type: 'metric'; name: string; value: number }
  | { type: 'log'; level: string; message: string }
  | ErrorMessage
  | ResultMessage

export interface ErrorMessage {
  type: 'error'
  class: ErrorClass
  message: string
  url: string | null
  http: number | null
  /** Seconds; null where it was not said. */
  retry_after: number | null
}

export interface ResultMessage {
  type: 'result'
  rows: number
  complete: boolean
  report: ListReport
}

type Fields = Record<string, unknown>

const OPEN_BRACE = '{'.charCodeAt(0)
/** Enough for a person; a longer text would travel to every client with every event. */
const MAX_TEXT = 500
/** A week, in seconds: nobody means to be left alone for longer. */
const LONGEST_WAIT = 7 * 24 * 3600
const MAX_URL = 2048

// What only the runner can see is not for a scraper to say.
const REPORTABLE: ReadonlySet<unknown> = new Set(
  ERROR_CLASSES.filter((each) => !['timeout', 'memory', 'output'].includes(each)),
)

/** The message that `line` is, or undefined for a log line: one that is no message, or a malformed one. */
export function parseMessage(line: Buffer): Message | undefined {
  if (line[0] !== OPEN_BRACE) return undefined
  let fields: Fields
  try {
    fields = JSON.parse(line.toString())
  } catch {
    return undefined
  }
  const { scraper, type } = fields
  return scraper === 1 && typeof type === 'string' ? READERS[type]?.(fields) : undefined
}

const READERS: { readonly [type: string]: (fields: Fields) => Message | undefined } = {
  __proto__: null as never,
  progress: (fields) => {
    const { page, pages, items, expected, message } = fields
    if (![page, pages, items, expected].every((each) => each == null || isCount(each))) return undefined
    if (message != null && typeof message !== 'string') return undefined
    const given = Object.entries({ page, pages, items, expected, message: message && clip(message) })
    return { type: 'progress', progress: Object.fromEntries(given.filter(([, value]) => value != null)) }
  },
  state: ({ value }) => (value === undefined ? undefined : { type: 'state', value }),
  metric: ({ name, value }) =>
    typeof name === 'string' && /^[\p{L}\p{N}_]{1,64}$/u.test(name) && Number.isFinite(value)
      ? { type: 'metric', name, value: value as number }
      : undefined,
  log: ({ level, message }) =>
    typeof level === 'string' && typeof message === 'string' ? { type: 'log', level, message } : undefined,
  error: ({ class: errorClass, message, url, http, retry_after }) =>
    REPORTABLE.has(errorClass) &&
    typeof message === 'string' &&
    (url == null || typeof url === 'string') &&
    (http == null || isCount(http)) &&
    (retry_after == null || isSpan(retry_after))
      ? {
          type: 'error',
          class: errorClass as ErrorClass,
          message: clip(message),
          url: url == null ? null : clip(url, MAX_URL),
          http: (http as number | undefined) ?? null,
          retry_after: retry_after == null ? null : Math.min(retry_after, LONGEST_WAIT),
        }
      : undefined,
  result: ({ rows, complete, ...more }) =>
    isCount(rows) && typeof complete === 'boolean'
      ? { type: 'result', rows, complete, report: listReport(more) }
      : undefined,
}

/** What is malformed of it was not said: the rows and whether they are complete still count. */
function listReport(fields: Fields): ListReport {
  const count = (name: string) => {
    const value = fields[name]
    return isCount(value) ? value : null
  }
  const { stopped_by, redirected_to } = fields
  return {
    expected: count('expected'),
    stopped_by: LIST_STOPS.find((each) => each === stopped_by) ?? null,
    cap: count('cap'),
    cards: count('cards'),
    repeats: count('repeats'),
    unseen: count('unseen'),
    redirected_to: typeof redirected_to === 'string' ? clip(redirected_to, MAX_URL) || null : null,
    unpriced: count('unpriced'),
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isSpan(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

/** `text` as one line of at most `length` UTF-16 units. */
export function clip(text: string, length = MAX_TEXT): string {
  // Line by line: one expression for it all takes seconds on a text that is nothing but spaces.
  const line = text
    .split(/[\r\n]+/)
    .map((each) => each.trim())
    .join(' ')
    .trim()
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`
}
