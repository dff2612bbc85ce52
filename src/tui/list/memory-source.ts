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

/** Asks the engine for a page of rows, in the one order it has. */
type AskPage<Row> = (offset: number, limit: number) => Promise<{ total: number; rows: readonly Row[] }>

/** A list by pages where the engine's own order and all of its rows are wanted; else as `memorySource`. */
export function pagedSource<Row, By extends string = string>(
  ask: AskPage<Row>,
  rows: Omit<MemoryRows<Row, By>, 'all'>,
): Source<Row, By> {
  const whole = memorySource<Row, By>({ ...rows, all: () => allOf(ask) })
  return {
    ...whole,
    async page(wanted) {
      if (wanted.search.trim() !== '' || wanted.sort) return whole.page(wanted)
      return { ...(await ask(wanted.offset, wanted.limit)), position: null }
    },
  }
}

/** Rows asked for at once. */
const PAGE = 1000

async function allOf<Row>(ask: AskPage<Row>): Promise<Row[]> {
  const all: Row[] = []
  for (let total = Infinity; all.length < total;) {
    const page = await ask(all.length, PAGE)
    if (page.rows.length === 0) break
    all.push(...page.rows)
    total = page.total
  }
  return all
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
