import { existsSync, readFileSync } from 'node:fs'
import { at, parseJson } from './json.ts'

/** Where an attempt may go on: the value of the last `state` message. */
export interface Checkpoint {
  /** Length of the output file up to which every row is whole. */
  bytes: number
  /** The next page to ask for, from 1; null: there is none. */
  next: number | null
  /** The site's own count of listings, as far as it told one. */
  total: number | null
  /** Where the page before linked to the next one, if it did. */
  link: string | null
  /** Cards read so far, those of listings that had been read before included. */
  cards: number
  /** Where the list's address led, when it redirected to another place. */
  redirected?: string | undefined
}

export const START: Checkpoint = { bytes: 0, next: 1, total: null, link: null, cards: 0 }

/** The checkpoint that the attempt before left; `START` where there is none or it is not one. */
export function readCheckpoint(stateFile: string | undefined): Checkpoint {
  if (!stateFile || !existsSync(stateFile)) return START
  const value = parseJson(readFileSync(stateFile, 'utf8'))
  const bytes = at(value, 'bytes')
  const next = at(value, 'next')
  const total = at(value, 'total')
  const link = at(value, 'link')
  if (!isCount(bytes) || !(next === null || isCount(next))) return START
  const cards = at(value, 'cards')
  const redirected = at(value, 'redirected')
  return {
    bytes,
    next,
    total: isCount(total) ? total : null,
    link: typeof link === 'string' ? link : null,
    cards: isCount(cards) ? cards : 0,
    redirected: typeof redirected === 'string' ? redirected : undefined,
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
