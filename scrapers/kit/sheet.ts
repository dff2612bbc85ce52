import { withoutContacts } from './contacts.ts'
import { CONTACT_COLUMNS, LISTING_COLUMNS, type ListingColumn } from './listing.ts'
import type { Cell, Row, Shape } from './site.ts'

/** How a site's rows stand in its file. */
export interface Sheet<C extends string> {
  columns: readonly string[]
  /** A row as it is written: earlier columns filled, contacts blotted out unless they are wanted. */
  finish: (row: Row<ListingColumn | C>) => Row<string>
}

/** Columns of addresses and keys: a run of digits in them is no telephone number. */
const KEY = /^(?:id|url|codigo.*|.*_url)$/

/** @param keepContacts whether telephone numbers and e-mail addresses may be written down */
export function sheetOf<C extends string>(
  { more = [], earlier = {} }: Shape<C>,
  keepContacts: boolean,
): Sheet<C> {
  const contacts = keepContacts ? CONTACT_COLUMNS : []
  const aliases = Object.entries<string>(earlier)
  const own = [...LISTING_COLUMNS, ...more]
  const texts = own.filter((column) => !KEY.test(column))
  return {
    columns: [...own, ...contacts, ...aliases.map(([name]) => name)],
    finish(row) {
      const cells: Record<string, Cell> = { ...row }
      if (!keepContacts) blot(cells, texts)
      for (const [name, source] of aliases) cells[name] = cells[source]
      return cells
    },
  }
}

function blot(cells: Record<string, Cell>, columns: readonly string[]): void {
  for (const column of columns) {
    const cell = cells[column]
    if (typeof cell === 'string') cells[column] = withoutContacts(cell)
  }
}
