/** Keys of one table at most: 64 MiB of them. */
export const MOST_KEYS = 2 ** 21

const [EMPTY, FIRST_CAPACITY] = [0, 1024]

/**
 * A 53-bit hash of a text, never 0: two of a million texts share one with a chance of one in twenty thousand.
 * (cyrb53, in the public domain.)
 */
export function hash(text: string): number {
  let [one, two] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 2_654_435_761)
    two = Math.imul(two ^ unit, 1_597_334_677)
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909)
  two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & two) + (one >>> 0) || 1
}

/** A number per key, in typed arrays: a Map of texts takes five times as much memory. */
export class Keys {
  #keys = new Float64Array(FIRST_CAPACITY)
  #values = new Float64Array(FIRST_CAPACITY)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Whether no further key can be taken in; those that are there can still be looked up. */
  get full(): boolean {
    return this.#size >= MOST_KEYS
  }

  get(key: number): number | undefined {
    const at = this.#place(key)
    return this.#keys[at] === EMPTY ? undefined : this.#values[at]
  }

  /** Returns false where there is no place for a new key. */
  set(key: number, value: number): boolean {
    let at = this.#place(key)
    if (this.#keys[at] === EMPTY) {
      if (this.full) return false
      if (this.#size * 2 >= this.#keys.length) {
        this.#grow()
        at = this.#place(key)
      }
      this.#keys[at] = key
      this.#size++
    }
    this.#values[at] = value
    return true
  }

  /** Of all keys, in no order. */
  *values(): Generator<number> {
    for (let at = 0; at < this.#keys.length; at++) if (this.#keys[at] !== EMPTY) yield this.#values[at]!
  }

  #place(key: number): number {
    const mask = this.#keys.length - 1
    let at = (key % 2_147_483_647) & mask
    while (this.#keys[at] !== EMPTY && this.#keys[at] !== key) at = (at + 1) & mask
    return at
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length * 2)
    this.#values = new Float64Array(keys.length * 2)
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at]!
      if (key === EMPTY) continue
      const place = this.#place(key)
      this.#keys[place] = key
      this.#values[place] = values[at]!
    }
  }
}
