import type { Cell } from './site.ts'

/** What has to stand in quotes (RFC 4180). */
const SPECIAL = /["\n\r,]/
/** What a spreadsheet would run: every text here is a stranger's (source: OWASP, CSV injection; full-width forms too). */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/**
 * The cells as one record, its line feed included; no text of it is a formula to a spreadsheet. As csv-stringify with
 * `escape_formulas` writes it, which took a fifth of a scraper's time.
 */
export function csvRecord(cells: readonly Cell[]): string {
  let record = ''
  for (let at = 0; at < cells.length; at += 1) {
    if (at > 0) record += ','
    const cell = cells[at]
    if (typeof cell === 'string') record += quoted(FORMULA.test(cell) ? `'${cell}` : cell)
    else if (cell !== undefined) record += cell
  }
  return `${record}\n`
}

function quoted(text: string): string {
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
