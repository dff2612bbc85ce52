import { amount, pesos } from '../listing/amount.ts'
import type { Places } from '../listing/columns.ts'
import { hash, Keys } from '../listing/keys.ts'
import { listingKey } from '../listing/listing-key.ts'
import { isMojibake } from './mojibake.ts'

/** The box around Mexico, in degrees, its islands included. */
const MEXICO = { south: 14.3, north: 32.8, west: -118.7, east: -86.5 }

/** What a price is held against: pesos. */
export interface Range {
  least: number
  most: number
}

/** Counts over the good rows of one output: all that its verdict rests on, whatever their order. */
export class Tally {
  rows = 0
  duplicates = 0
  mojibake = 0
  priced = 0
  pricesOff = 0
  areas = 0
  areasOff = 0
  placed = 0
  placedOff = 0
  /** Per column. */
  readonly filled: Uint32Array
  readonly #places: Places
  readonly #range: Range | undefined
  readonly #seen = new Keys()

  /** @param range what a listing of this operation costs; undefined: not known */
  constructor(columns: number, places: Places, range: Range | undefined) {
    this.filled = new Uint32Array(columns)
    this.#places = places
    this.#range = range
  }

  add(cells: readonly string[], raw: string): void {
    this.rows++
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!
      if (cell !== '' && (cell.charCodeAt(0) > 32 || cell.trim() !== '')) this.filled[at]!++
    }
    if (isMojibake(raw)) this.mojibake++
    this.#key(cells)
    this.#price(cells)
    this.#area(cells)
    this.#place(cells)
  }

  #key(cells: readonly string[]): void {
    const key = listingKey(cells, this.#places)
    if (key === undefined) return
    const number = hash(key)
    if (this.#seen.get(number) !== undefined) this.duplicates++
    // Where the table is full, further keys count as new ones: memory has its bound.
    else this.#seen.set(number, 1)
  }

  #price(cells: readonly string[]): void {
    const { price, currency } = this.#places
    if (price < 0) return
    const cell = cells[price]!
    const number = pesos(cell, currency < 0 ? '' : cells[currency]!)
    if (number === undefined) {
      // "Consultar precio" fills the cell and tells no price.
      if (cell.trim() !== '') this.filled[price]!--
      return
    }
    this.priced++
    if (!this.#range) return
    if (number < this.#range.least || number > this.#range.most) this.pricesOff++
  }

  #area(cells: readonly string[]): void {
    const { area } = this.#places
    const number = area < 0 ? undefined : amount(cells[area]!)
    if (number === undefined) return
    this.areas++
    if (!(number > 0)) this.areasOff++
  }

  #place(cells: readonly string[]): void {
    const { latitude, longitude } = this.#places
    if (latitude < 0 || longitude < 0 || cells[latitude] === '' || cells[longitude] === '') return
    this.placed++
    if (!isInMexico(Number(cells[latitude]), Number(cells[longitude]))) this.placedOff++
  }
}

export function isInMexico(latitude: number, longitude: number): boolean {
  const { south, north, west, east } = MEXICO
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east
}
