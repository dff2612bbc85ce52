import { reason, ZafraError } from '../domain/error.ts'
import type { Problem } from '../domain/plan.ts'
import type { NameBooks } from './codes.ts'
import { missingHeadings, readHeader } from './columns.ts'
import type { ListFile } from './lists.ts'
import { Notes } from './notes.ts'
import { readRecords, type Reading } from './records.ts'
import { rowReader, type Row } from './row.ts'
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
  let rows = 0

  function onRecord(cells: string[], line: number): void {
    notes.cells(cells)
    if (readRow !== undefined) {
      rows++
      return onRow(readRow(cells, line), notes)
    }
    const columns = readHeader(cells)
    readRow = rowReader(columns, books, findSite)
    const lacks = missingHeadings(columns)
    if (lacks.length === 0) return
    const message = `the header has no column ${lacks.join(', ')}; it reads ${quote(cells.join(','))}`
    problems.push(warning(line, message, 'name the columns PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL'))
  }

  function warning(line: number, message: string, remedy: string): Problem {
    return { file, line, severity: 'warning', message, remedy }
  }

  const { encoding, cut } = await reading(path, onRecord)
  if (cut !== undefined) {
    if (readRow === undefined) throw unreadable(path, cut.why)
    onRow(cutRow(cut.line, cut.why), notes)
  } else if (readRow === undefined) {
    problems.push(warning(0, 'is empty', 'fill it, or delete it'))
  } else if (rows === 0) {
    problems.push(warning(0, 'has a header and no rows', 'fill it, or delete it'))
  }
  return [...problems, ...notes.problems(encoding === 'windows-1252')]
}

async function reading(path: string, onRecord: (cells: string[], line: number) => void): Promise<Reading> {
  try {
    return await readRecords(path, onRecord)
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
function cutRow(line: number, why: string): Row {
  const message = `${why}; nothing of the list from this line on was read`
  const faults = [{ message, remedy: 'close the quotation mark, or take it away' }]
  const unknown = { site: undefined, city: undefined, operation: undefined, product: undefined }
  return { line, ...unknown, url: '', otherSite: undefined, repaired: false, faults }
}
