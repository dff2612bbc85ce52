import { stringify } from 'csv-stringify/sync'
import { safe } from '../domain/safe.ts'
import type { Cell } from './table.ts'

/** What a spreadsheet takes for the beginning of a formula (source: faults.md, Security). */
const FORMULA = /^[=+\-@\t\r\0]/

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
