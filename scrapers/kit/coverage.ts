import type { Report } from './report.ts'
import type { Row } from './site.ts'

/** How often each column was filled, over the rows that this attempt wrote. */
export class Coverage {
  readonly #columns: readonly string[]
  readonly #filled = new Map<string, number>()
  #rows = 0

  constructor(columns: readonly string[]) {
    this.#columns = columns
  }

  add(rows: readonly Row<string>[]): void {
    this.#rows += rows.length
    for (const row of rows) {
      for (const column of this.#columns) {
        if (row[column] !== undefined) this.#filled.set(column, (this.#filled.get(column) ?? 0) + 1)
      }
    }
  }

  /** One metric per column, `field_precio`: the share of rows with a value, from 0 to 1. None without rows. */
  tell(report: Report): void {
    if (this.#rows === 0) return
    for (const column of this.#columns) {
      report.count(`field_${column}`, Math.round(((this.#filled.get(column) ?? 0) / this.#rows) * 1e4) / 1e4)
    }
  }
}
