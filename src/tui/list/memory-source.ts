import type { NumberField, WordField } from '../../domain/search.ts'
import { matches, parseSearchOf, type Searched } from '../../domain/search-fields.ts'
import type { Readable } from '../readable.ts'
import type { Ask, Page, Source } from './source.ts'

/** A list that is in hand as a whole: what its rows are, and what of them can be searched and sorted. */
export interface MemoryRows<Row, By extends string> {
  all: () => Promise<readonly Row[]> | readonly Row[]
  id: (row: Row) => string
  /** What was typed is compared as what the rows were made. */
  readable: Readable
  fields: readonly (WordField | NumberField)[]
  searched: (row: Row) => Searched
  /** What the list is sorted by. */
  value?: (row: Row, by: By) => string | number
}

/** Searches and sorts here what the engine gives in the one order it has. */
export function memorySource<Row, By extends string = string>(rows: MemoryRows<Row, By>): Source<Row, By> {
  return {
    id: rows.id,
    check: (search) => void parseSearchOf(rows.fields, search),
    page: async (ask) => pageOf(await chosen(rows, ask), rows.id, ask),
    ids: async (search) => (await chosen(rows, { search, sort: null })).map(rows.id),
  }
}

async function chosen<Row, By extends string>(
  { all, readable, fields, searched, value }: MemoryRows<Row, By>,
  { search, sort }: Pick<Ask<By>, 'search' | 'sort'>,
): Promise<readonly Row[]> {
  const terms = parseSearchOf(fields, readable(search))
  const rows = await all()
  const found = terms.length === 0 ? rows : rows.filter((row) => matches(terms, searched(row)))
  if (!sort || !value) return found
  const sign = sort.descending ? -1 : 1
  return found.toSorted((one, other) => sign * compare(value(one, sort.by), value(other, sort.by)))
}

function pageOf<Row>(
  rows: readonly Row[],
  id: (row: Row) => string,
  { offset, limit, find }: Ask,
): Page<Row> {
  const position = find === null ? -1 : rows.findIndex((row) => id(row) === find)
  return {
    total: rows.length,
    rows: rows.slice(offset, offset + limit),
    position: position === -1 ? null : position,
  }
}

const { compare: compareTexts } = new Intl.Collator('en', { numeric: true })

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return compareTexts(String(one), String(other))
}
