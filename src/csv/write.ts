import { stringify } from 'csv-stringify/sync'
import { safe } from '../domain/safe.ts'

/** What a spreadsheet takes for the beginning of a formula, in full-width forms too (source: OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]/

export type Cell = string | number | boolean | null

/**
 * Header and rows as CSV. Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers
 * are numbers.
 * @param terminal where it goes to one: cells are sanitised, as in a table
 */
export function csv(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  terminal: boolean,
): string {
  return csvRows([columns, ...rows], terminal)
}

/** The same of some rows out of many. */
export function csvRows(rows: readonly (readonly Cell[])[], terminal: boolean): string {
  const cell = (value: Cell) => {
    if (typeof value !== 'string') return value
    const text = FORMULA.test(value) ? `'${value}` : value
    return terminal ? safe(text) : text
  }
  return stringify(rows.map((row) => row.map(cell)))
}
