import { readCsv } from '../csv/read.ts'
import type { Form } from './form.ts'

/** Where reading had to end before the list did: a quoted cell opens there that is never closed; null: nowhere. */
export interface Reading {
  torn: number | null
}

/**
 * Streams the records of a list, from its header on, to `onRecord` with the 1-based line on which each begins. What
 * holds nothing is left out: blank lines, titles above the header, rows that are nothing but delimiters.
 * @throws whatever the file system throws
 */
export function readRecords(
  path: string,
  { encoding, header }: Form,
  onRecord: (cells: string[], line: number) => void,
): Promise<Reading> {
  const take = (cells: string[], line: number) => {
    const above = header !== undefined && line < header.line
    if (!above && !cells.every(isBlank)) onRecord(cells, line)
  }
  return readCsv(path, {
    encoding,
    ...(header && { delimiter: header.delimiter }),
    onHeader: ({ columns, line }) => take(columns, line),
    onRow: (cells, _raw, line) => take(cells, line),
  })
}

function isBlank(cell: string): boolean {
  return cell === '' || cell.trim() === ''
}
