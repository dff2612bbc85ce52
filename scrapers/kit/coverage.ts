import type { Report } from './report.ts'
import type { Cell } from './site.ts'

/** How often each column was filled, over the rows that this attempt wrote. */
export class Coverage {
  readonly #columns: readonly string[]
  readonly #filled: number[]
  #rows = 0

  constructor(columns: readonly string[]) {
    this.#columns = columns
    this.#filled = columns.map(() => 0)
  }

  /** @param rows cells in the columns' order */
  add(rows: readonly (readonly Cell[])[]): void {
    this.#rows += rows.length
    for (const row of rows) {
      for (let at = 0; at < row.length; at += 1) if (row[at] !== undefined) this.#filled[at]! += 1
    }
  }

  /** One metric per column, `field_precio`: the share of rows with a value, from 0 to 1. None without rows. */
  tell(report: Report): void {
    if (this.#rows === 0) return
    for (const [at, column] of this.#columns.entries()) {
      report.count(`field_${column}`, Math.round((this.#filled[at]! / this.#rows) * 1e4) / 1e4)
    }
  }
}
