import { reason, ZafraError } from '../domain/error.ts'
import type { Problem } from '../domain/plan.ts'
import type { NameBooks } from './codes.ts'
import { HEADINGS, missingHeadings, readHeader } from './columns.ts'
import type { ListFile } from './lists.ts'
import { Notes } from './notes.ts'
import { formOf } from './form.ts'
import { readRecords } from './records.ts'
import { isWhole, rowReader, type Row } from './row.ts'
import type { Site } from './sites.ts'
import { quote } from './text.ts'

/**
 * Streams the rows of one list to `onRow`.
 * @returns what concerns the list as a whole
 * @throws ZafraError `lists` where it cannot be read at all
 */
export async function readList(
  { path, file }: ListFile,
  books: NameBooks,
  findSite: (hostname: string) => Site | undefined,
  onRow: (row: Row, notes: Notes) => void,
): Promise<Problem[]> {
  const notes = new Notes(file)
  const problems: Problem[] = []
  let readRow: ReturnType<typeof rowReader> | undefined
  let [rows, usable] = [0, 0]

  function onRecord(cells: string[], line: number): void {
    notes.cells(cells)
    if (readRow !== undefined) {
      const row = readRow(cells, line)
      rows++
      if (isWhole(row)) usable++
      return onRow(row, notes)
    }
    const columns = readHeader(cells)
    readRow = rowReader(columns, books, findSite)
    for (const column of columns.twice) {
      const message = `the header has the column ${HEADINGS[column]} twice; the first one counts`
      problems.push(warning(line, message, 'delete or rename the other one'))
    }
    const lacks = missingHeadings(columns)
    if (lacks.length === 0) return
    const message = `the header has no column ${lacks.join(', ')}; it reads ${quote(cells.join(','))}`
    problems.push(warning(line, message, 'name the columns PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL'))
  }

  function warning(line: number, message: string, remedy: string): Problem {
    return { file, line, severity: 'warning', message, remedy }
  }

  const form = await ofFile(path, () => formOf(path))
  if (form.foreign !== undefined) return [useless(`is ${form.foreign} and no list`, AS_CSV)]
  const { torn } = await ofFile(path, () => readRecords(path, form, onRecord))
  if (torn !== null) {
    if (readRow === undefined) throw unreadable(path, NEVER_CLOSED)
    rows++
    onRow(tornRow(torn), notes)
  }
  if (readRow === undefined) problems.push(useless('is empty', 'fill it, or delete it'))
  else if (rows === 0) problems.push(useless('has a header and no rows', 'fill it, or delete it'))
  else if (usable === 0) {
    const message = rows === 1 ? 'its only row cannot be used' : `not one of its ${rows} rows can be used`
    problems.push(useless(message, 'mend what each row is told, or take the list out of the folder'))
  }
  return [...problems, ...notes.problems(form.encoding === 'windows-1252')]

  function useless(message: string, remedy: string): Problem {
    return { file, line: 0, severity: 'error', message, remedy }
  }
}

const AS_CSV = 'save the list as CSV again (not the page that asks to sign in), or take it out of the folder'
const NEVER_CLOSED = 'a quotation mark opens here and is never closed'

async function ofFile<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw unreadable(path, reason(error), error)
    throw error
  }
}

function unreadable(path: string, why: string, cause?: unknown): ZafraError {
  return new ZafraError(
    'lists',
    `the list ${path} cannot be read (${why}); mend it, or take it out of the folder`,
    {
      cause,
    },
  )
}

/** The record at which reading ended, with all that follows it. */
function tornRow(line: number): Row {
  const message = `${NEVER_CLOSED}; nothing of the list from this line on was read`
  const faults = [{ message, remedy: 'close the quotation mark, or take it away' }]
  const unknown = { site: undefined, city: undefined, operation: undefined, product: undefined }
  return { line, ...unknown, url: '', otherSite: undefined, repaired: false, faults }
}
