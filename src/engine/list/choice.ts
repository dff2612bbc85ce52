import type { Test } from './chooses.ts'
import type { Order } from './order.ts'
import type { Row } from './row.ts'
import { sortValues } from './sort-values.ts'

/** The chosen rows of a list in their order; a change of one row is taken over without looking at the others. */
export class Choice {
  readonly #rows: readonly Row[]
  readonly #test: Test
  readonly #order: Order
  /** In order; the first `#size` count. */
  readonly #sorted: Float64Array
  #size: number
  /** By place in the list; NaN: not chosen. */
  readonly #values: Float64Array

  constructor(rows: readonly Row[], test: Test, order: Order) {
    this.#rows = rows
    this.#test = test
    this.#order = order
    this.#values = new Float64Array(rows.length)
    this.#sorted = new Float64Array(rows.length)
    this.#size = this.#fill()
    sortValues(this.#sorted.subarray(0, this.#size))
  }

  /** Without an iterator: most of a key's time goes by here. Returns how many are chosen. */
  #fill(): number {
    let size = 0
    for (let place = 0; place < this.#rows.length; place++) {
      const row = this.#rows[place]
      const value = row && this.#test(row) ? this.#order.value(row, place) : Number.NaN
      this.#values[place] = value
      if (!Number.isNaN(value)) this.#sorted[size++] = value
    }
    return size
  }

  get total(): number {
    return this.#size
  }

  ids(offset: number, limit: number): number[] {
    const ids: number[] = []
    for (let at = Math.max(offset, 0); at < Math.min(offset + limit, this.#size); at++) {
      const row = this.#rows[this.#order.place(this.#sorted[at] ?? Number.NaN)]
      if (row) ids.push(row.id)
    }
    return ids
  }

  /** Where the row at `place` of the list stands; null where it is not chosen. */
  position(place: number): number | null {
    const value = this.#values[place] ?? Number.NaN
    return Number.isNaN(value) ? null : this.#find(value)
  }

  /** The row at `place` of the list has changed. */
  update(place: number): void {
    const row = this.#rows[place]
    if (!row) return
    const before = this.#values[place] ?? Number.NaN
    const value = this.#test(row) ? this.#order.value(row, place) : Number.NaN
    if (Object.is(before, value)) return
    this.#values[place] = value
    if (!Number.isNaN(before)) {
      const at = this.#find(before)
      this.#sorted.copyWithin(at, at + 1, this.#size--)
    }
    if (!Number.isNaN(value)) {
      const at = this.#find(value)
      this.#sorted.copyWithin(at + 1, at, this.#size++)
      this.#sorted[at] = value
    }
  }

  /** How many values are smaller. */
  #find(value: number): number {
    let [low, high] = [0, this.#size]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle] ?? Infinity) < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
