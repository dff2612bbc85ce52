/** Time and chance come in through these ports, so that no test ever sleeps. */
export interface Clock {
  /** Wall-clock time. */
  now(): Date
  /** Milliseconds that never go backwards; only differences mean anything. */
  monotonic(): number
  /** Calls `callback` once after `ms`; the returned function calls it off. */
  after(ms: number, callback: () => void): () => void
}

/** A number in [0, 1). */
export type Random = () => number

/** `YYYY-MM-DD HH:MM:SS` in UTC: the format of every TIMESTAMP column of the schema document (what `datetime('now')` gives). */
export function sqlTime(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ')
}

/** `YYYY-MM-DD HH:MM:SS.sss` in UTC: as `sqlTime`, for our own columns, where seconds are too coarse. */
export function sqlTimeMs(date: Date): string {
  return date.toISOString().slice(0, 23).replace('T', ' ')
}

/** The moment that a TIMESTAMP column names (either precision). */
export function parseSqlTime(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`)
}
