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
  const cells = Object.entries<Field | undefined>(fields).map(([column, field]) => {
    const [parse, ...paths] = field ?? [() => undefined]
    const values = paths.values().map((path) => parse(at(item, path), page))
    return [column, values.find((value) => value !== undefined)]
  })
  return Object.fromEntries(cells) as Row<C>
}
