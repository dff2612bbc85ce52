import type { NameBook } from './names.ts'
import { HEADINGS, type Column, type Columns } from './columns.ts'
import { quote, repairEncoding, visible } from './text.ts'

/** Why a row cannot be planned. `column`: 1-based place of the cell. */
export interface Fault {
  column?: number
  message: string
  remedy: string
}

/** A cell that holds a name. */
export interface NameCell {
  text: string
  /** Whether it was double-encoded. */
  repaired: boolean
  code: string | undefined
  fault: Fault | undefined
}

/** Reads the cell of one column in any row of a list; each different text is looked at once. */
export function nameReader(
  column: Exclude<Column, 'url'>,
  columns: Columns,
  book: NameBook,
): (cells: readonly string[]) => NameCell {
  const known = new Map<string, NameCell>()
  const at = columns.at[column] ?? -1
  return (cells) => {
    const written = cells[at] ?? ''
    const cell = known.get(written) ?? readName(written, column, columns, book)
    known.set(written, cell)
    return cell
  }
}

function readName(
  written: string,
  column: Exclude<Column, 'url'>,
  columns: Columns,
  book: NameBook,
): NameCell {
  const seen = visible(written).trim()
  const text = repairEncoding(seen)
  const repaired = text !== seen
  const code = book.find(text)
  if (code !== undefined) return { text, repaired, code, fault: undefined }
  if (text === '') return { text, repaired, code, fault: emptyCell(column, columns) }
  const near = book.suggest(text)
  const hint = near ? `; nearest: ${quote(near.name)} (${near.code})` : ''
  const remedy = `write a name of the code list, add the name to codes.csv, or the spelling to aliases.${column} in zafra.yaml`
  return {
    text,
    repaired,
    code,
    fault: faultIn(column, columns, `${quote(text)} is not in the code list${hint}`, remedy),
  }
}

export function emptyCell(column: Column, columns: Columns): Fault {
  return faultIn(column, columns, 'empty', 'fill in the cell, or delete the line')
}

export function faultIn(column: Column, { at }: Columns, message: string, remedy: string): Fault {
  const index = at[column]
  return {
    ...(index !== undefined && { column: index + 1 }),
    message: `${HEADINGS[column]}: ${message}`,
    remedy,
  }
}
