import { readCsv } from '../../csv/read.ts'
import { commonKey, type KeyOf } from '../listing/common-key.ts'
import { amount } from '../listing/amount.ts'
import { placesOf, type Places, type Role } from '../listing/columns.ts'
import { hash, Keys } from '../listing/keys.ts'
import { plainText } from '../listing/kinds.ts'
import { NO_PRICE, priceOf } from '../listing/price.ts'

/** Listings of an earlier output that are remembered: enough to tell what became of the others. */
const MOST_LISTINGS = 20_000
/** What of a listing seldom changes. */
export const STEADY = [
  'area',
  'built',
  'rooms',
  'baths',
  'parking',
  'latitude',
  'longitude',
  'municipality',
  'operation',
  'type',
] as const satisfies readonly Role[]
export type Steady = (typeof STEADY)[number]
const TEXTS: ReadonlySet<Role> = new Set(['municipality', 'operation', 'type'])
/** Degrees: a place that is told again moves by less. */
const NEAR = 0.005
/** A price that rises or falls by so much in a fortnight is another price. */
const JUMP = 2

/** How many listings that were known before have something in both outputs, and in how many it is another thing. */
export interface Kept {
  both: number
  changed: number
}

/** The last good output of the same list, as the listings of a new one are held against it. */
export class Previous {
  /** Of its listings those that are remembered. */
  listings = 0
  /** Whether these are all of them. */
  whole = true
  /** How many of them came again. */
  again = 0
  readonly steady: Readonly<Record<Steady, Kept>> = Object.fromEntries(
    STEADY.map((role) => [role, { both: 0, changed: 0 }]),
  ) as Record<Steady, Kept>
  /** Prices in the same currency, and those of them that are twice as high or half as high at least. */
  readonly jumped: Kept = { both: 0, changed: 0 }
  /** Prices, and those that are in another currency. */
  readonly currency: Kept = { both: 0, changed: 0 }
  /** Prices that differ at all. */
  priceChanges = 0
  readonly #keyOf: KeyOf
  readonly #keys = new Keys()
  readonly #values: number[][] = []
  readonly #seen = new Set<number>()

  private constructor(keyOf: KeyOf) {
    this.#keyOf = keyOf
  }

  /** Reads what is remembered of `file`; undefined where it cannot be read any more. @param next the new output */
  static async read(file: string, next: string, signal: AbortSignal): Promise<Previous | undefined> {
    try {
      const previous = new Previous(await commonKey(file, next))
      let places = placesOf([])
      await readCsv(file, {
        signal,
        onHeader: ({ columns }) => {
          places = placesOf(columns)
        },
        onRow: (cells) => previous.#remember(cells, places),
      })
      return previous
    } catch (error) {
      if (signal.aborted) throw error
      return undefined
    }
  }

  /** Holds a listing of the new output against it. */
  add(cells: readonly string[], places: Places): void {
    const key = this.#keyOf(cells, places)
    const place = key === undefined ? undefined : this.#keys.get(hash(key))
    if (place === undefined || this.#seen.has(place)) return
    this.#seen.add(place)
    this.again++
    const before = this.#values[place] ?? []
    const now = valuesOf(cells, places)
    STEADY.forEach((role, at) => count(this.steady[role], differ(role, before[at], now[at])))
    this.#price(before.at(-1) ?? NO_PRICE, now.at(-1) ?? NO_PRICE)
  }

  #price(before: number, now: number): void {
    if (before === NO_PRICE || now === NO_PRICE) return
    const same = before < 0 === now < 0
    count(this.currency, !same)
    if (before !== now) this.priceChanges++
    if (same) count(this.jumped, before / now >= JUMP || now / before >= JUMP)
  }

  #remember(cells: readonly string[], places: Places): boolean {
    if (this.listings >= MOST_LISTINGS) return (this.whole = false)
    const key = this.#keyOf(cells, places)
    const number = key === undefined ? undefined : hash(key)
    if (number === undefined || this.#keys.get(number) !== undefined) return true
    this.#keys.set(number, this.listings++)
    this.#values.push(valuesOf(cells, places))
    return true
  }
}

/** One number per column that seldom changes, NaN where there is nothing; the price last, as `priceOf` has it. */
function valuesOf(cells: readonly string[], places: Places): number[] {
  const values = STEADY.map((role) => {
    const cell = cells[places[role]]
    if (!cell) return Number.NaN
    return TEXTS.has(role) ? hash(plainText(cell)) : (amount(cell) ?? Number.NaN)
  })
  return [...values, priceOf(cells, places)]
}

/** Undefined where one of them has nothing. */
function differ(role: Steady, before = Number.NaN, now = Number.NaN): boolean | undefined {
  if (Number.isNaN(before) || Number.isNaN(now)) return undefined
  const near = role === 'latitude' || role === 'longitude' ? NEAR : 0
  return Math.abs(before - now) > near
}

function count(kept: Kept, changed: boolean | undefined): void {
  if (changed === undefined) return
  kept.both++
  if (changed) kept.changed++
}
