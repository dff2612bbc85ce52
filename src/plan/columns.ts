import { fold, visible } from './text.ts'

/** The columns of a list that Zafra reads. */
export const COLUMNS = ['website', 'city', 'operation', 'product', 'url'] as const
export type Column = (typeof COLUMNS)[number]

/** As the operator's lists write them; messages use these. */
export const HEADINGS: Record<Column, string> = {
  website: 'PaginaWeb',
  city: 'Ciudad',
  operation: 'Operacion',
  product: 'ProductoPaginaWeb',
  url: 'URL',
}

/** Other headings for the same, folded and without blanks. */
const ALSO: Record<string, Column> = {
  producto: 'product',
  website: 'website',
  city: 'city',
  operation: 'operation',
  product: 'product',
}

/** Where each column stands in its list (from 0), and how many cells a row has. */
export interface Columns {
  at: Partial<Record<Column, number>>
  width: number
  /** Columns that the header names more than once. */
  twice: Column[]
}

/** Finds the columns in a header, in whatever order and among whatever others. The first of two alike counts. */
export function readHeader(cells: readonly string[]): Columns {
  const at: Columns['at'] = {}
  const twice = new Set<Column>()
  for (const [index, cell] of cells.entries()) {
    const word = fold(visible(cell)).replaceAll(' ', '')
    const column = COLUMNS.find((each) => HEADINGS[each].toLowerCase() === word) ?? ALSO[word]
    if (column === undefined) continue
    if (at[column] === undefined) at[column] = index
    else twice.add(column)
  }
  return { at, width: cells.length, twice: [...twice] }
}

/** Headings of the columns that no row can do without and that are not there. The host of the URL tells the site. */
export function missingHeadings({ at }: Columns): string[] {
  return COLUMNS.filter((column) => column !== 'website' && at[column] === undefined).map(
    (column) => HEADINGS[column],
  )
}
