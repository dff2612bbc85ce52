import type { Places, Role } from '../listing/columns.ts'

/** Rows that tell enough of the others. */
const ENOUGH = 1024
/** Characters of a cell that tell enough of it. */
const MOST_TEXT = 160

/** What a sampled row has of the columns that are known. */
export type Sampled = Readonly<Record<Role, string>>

/** Every n-th row of an output, n being a power of two: all of a short one, at most twice ENOUGH of any. */
export class Sample {
  readonly #roles: readonly [Role, number][]
  #rows: Sampled[] = []
  #seen = 0
  #stride = 1

  constructor(places: Places) {
    this.#roles = Object.entries(places) as [Role, number][]
  }

  get rows(): readonly Sampled[] {
    return this.#rows
  }

  add(cells: readonly string[]): void {
    if (this.#seen++ % this.#stride !== 0) return
    // A part of a text keeps all of the piece of the file that it was read in: few do no harm, every hundredth would.
    this.#rows.push(this.#pick(cells, this.#stride > 1))
    if (this.#rows.length < 2 * ENOUGH) return
    const kept = this.#rows.filter((_, at) => at % 2 === 0)
    this.#rows = this.#stride > 1 ? kept : kept.map(copied)
    this.#stride *= 2
  }

  #pick(cells: readonly string[], copy: boolean): Sampled {
    const row = {} as Record<Role, string>
    for (const [role, at] of this.#roles)
      row[role] = at < 0 ? '' : (cells[at] ?? '').slice(0, MOST_TEXT).trim()
    return copy ? copied(row) : row
  }
}

function copied(row: Sampled): Sampled {
  return Object.fromEntries(
    Object.entries(row).map(([role, text]) => [role, Buffer.from(text).toString()]),
  ) as Record<Role, string>
}
