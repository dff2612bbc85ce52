import { existsSync, readFileSync } from 'node:fs'
import { at, parseJson } from './json.ts'

/** Where an attempt may go on: the value of the last `state` message. */
export interface Checkpoint {
  /** Length of the output file up to which every row is whole. */
  bytes: number
  /** The pass over the list's pages, from 1. */
  pass: number
  /** The next page to ask for, from 1, of the list or of the band; null: there is none. */
  next: number | null
  /** How many pages this pass has read. */
  read: number
  /** The site's own count of listings, as far as it told one. */
  total: number | null
  /** Where the page before linked to the next one, if it did. */
  link: string | null
  /** Cards read so far, and those of them whose listing had been read before in the same pass. */
  cards: number
  repeats: number
  /** Which passes showed which row, once there are several: one digit a row. */
  seen: string
  /** The page that the portal refused while it showed the first one. */
  refused: number | null
  /** Where the list's address led, when it redirected to another place. */
  redirected: string | null
  /** Of a list that is split by price: where the band begins, in pesos; the highest price in it so far; how many listings have one. */
  floor: number | null
  top: number | null
  priced: number | null
}

export const START: Checkpoint = {
  bytes: 0,
  pass: 1,
  next: 1,
  read: 0,
  total: null,
  link: null,
  cards: 0,
  repeats: 0,
  seen: '',
  refused: null,
  redirected: null,
  floor: null,
  top: null,
  priced: null,
}

/** The checkpoint that the attempt before left; `START` where there is none or it is not one. */
export function readCheckpoint(stateFile: string | undefined): Checkpoint {
  if (!stateFile || !existsSync(stateFile)) return START
  const value = parseJson(readFileSync(stateFile, 'utf8'))
  const count = (name: string) => {
    const found = at(value, name)
    return isCount(found) ? found : null
  }
  const text = (name: string) => {
    const found = at(value, name)
    return typeof found === 'string' ? found : null
  }
  const bytes = count('bytes')
  const next = count('next')
  if (!bytes || !(next || at(value, 'next') === null)) return START
  return {
    bytes,
    next,
    pass: count('pass') || 1,
    read: count('read') ?? 0,
    total: count('total'),
    link: text('link'),
    cards: count('cards') ?? 0,
    repeats: count('repeats') ?? 0,
    seen: text('seen') ?? '',
    refused: count('refused'),
    redirected: text('redirected'),
    floor: count('floor'),
    top: count('top'),
    priced: count('priced'),
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
