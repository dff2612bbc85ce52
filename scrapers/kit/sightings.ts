/** The passes in which one listing was seen, one bit each, as a digit of a checkpoint. */
const RADIX = 32
/** A digit has so many bits. */
export const MAX_PASSES = 5

/** Which passes over a list showed which of its listings. */
export class Sightings {
  /** In the order of the file. */
  readonly #passes: Map<string, number>

  /**
   * @param keys of the listings in the file
   * @param digits of a checkpoint, one for each of them; what it leaves out was seen in the first pass
   */
  constructor(keys: Iterable<string>, digits: string) {
    const known = Array.from(digits, (digit) => Number.parseInt(digit, RADIX))
    this.#passes = new Map([...keys].map((key, at) => [key, known[at] || 1]))
  }

  /** @param pass from 1 */
  add(key: string, pass: number): void {
    this.#passes.set(key, (this.#passes.get(key) ?? 0) | bit(pass))
  }

  /** The listings that a pass has shown. */
  of(pass: number): string[] {
    return [...this.#passes].filter(([, seen]) => seen & bit(pass)).map(([key]) => key)
  }

  /** How many listings only this pass has shown. */
  newIn(pass: number): number {
    return this.#count((seen) => seen === bit(pass))
  }

  /** How many listings so many passes have shown. */
  times(passes: number): number {
    return this.#count((seen) => bits(seen) === passes)
  }

  get digits(): string {
    return [...this.#passes.values()].map((seen) => seen.toString(RADIX)).join('')
  }

  #count(matches: (seen: number) => boolean): number {
    let count = 0
    for (const seen of this.#passes.values()) if (matches(seen)) count += 1
    return count
  }
}

function bit(pass: number): number {
  return 1 << (pass - 1)
}

function bits(seen: number): number {
  let count = 0
  for (let left = seen; left > 0; left &= left - 1) count += 1
  return count
}
