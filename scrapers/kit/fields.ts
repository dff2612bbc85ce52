import { at, type Json } from './json.ts'
import type { ListingColumn } from './listing.ts'
import type { Page } from './page.ts'
import type { Cell, Row } from './site.ts'

/**
 * How one column is read from a JSON object: what its value becomes, and the paths where it may stand, the
 * best first; the path `''` is the object itself.
 */
export type Field = readonly [parse: (value: Json, page: Page) => Cell, ...paths: string[]]

/** Which columns a JSON object fills, and from where. */
export type Fields<C extends string = ListingColumn> = Readonly<Partial<Record<C, Field>>>

/** The row that `fields` read from `item`; a path whose value means nothing gives way to the next. */
export function rowOf<C extends string>(fields: Fields<C>, item: Json, page: Page): Row<C> {
  const row: Partial<Record<string, Cell>> = {}
  for (const column in fields) {
    const field = fields[column]
    if (field) row[column] = cellOf(field, item, page)
  }
  return row as Row<C>
}

function cellOf(field: Field, item: Json, page: Page): Cell {
  const [parse] = field
  // Not by a rest element: one array for each cell is what most of the memory went to.
  for (let each = 1; each < field.length; each += 1) {
    const cell = parse(at(item, field[each] as string), page)
    if (cell !== undefined) return cell
  }
  return undefined
}

/** The cells of a row that say something, so that they alone go before those of another. */
export function given<R extends object>(row: R): Partial<R> {
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== undefined)) as Partial<R>
}
