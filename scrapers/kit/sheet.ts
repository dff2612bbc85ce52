import { withoutContacts } from './contacts.ts'
import { CONTACT_COLUMNS, LISTING_COLUMNS, type ListingColumn } from './listing.ts'
import type { Cell, Row, Shape } from './site.ts'

/** How a site's rows stand in its file. */
export interface Sheet<C extends string> {
  columns: readonly string[]
  /** A row's cells as they are written, in the columns' order; contacts blotted out unless they are wanted. */
  finish: (row: Row<ListingColumn | C>) => readonly Cell[]
}

/** Columns of addresses and keys: a run of digits in them is no telephone number. */
const KEY = /^(?:id|url|codigo.*|.*_url)$/

/** @param keepContacts whether telephone numbers and e-mail addresses may be written down */
export function sheetOf<C extends string>(
  { more = [], earlier = {} }: Shape<C>,
  keepContacts: boolean,
): Sheet<C> {
  const own: string[] = [...LISTING_COLUMNS, ...more, ...(keepContacts ? CONTACT_COLUMNS : [])]
  const aliases = Object.entries<string>(earlier)
  const sources = [...own, ...aliases.map(([, source]) => source)] as (ListingColumn | C)[]
  const isKept = sources.map((column) => keepContacts || KEY.test(column))
  return {
    columns: [...own, ...aliases.map(([name]) => name)],
    finish: (row) =>
      sources.map((column, at) => {
        const cell = row[column]
        return typeof cell === 'string' && !isKept[at] ? withoutContacts(cell) : cell
      }),
  }
}
