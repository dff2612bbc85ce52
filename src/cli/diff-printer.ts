import { COMBINATION } from '../domain/codes.ts'
import {
  evidenceText,
  onlyLines,
  unseenText,
  type CombinationDiff,
  type DiffCounts,
  type DiffView,
  type ListingDiff,
  type ListingPage,
} from '../domain/diff.ts'
import type { Engine } from '../domain/engine.ts'
import type { Query } from '../domain/query.ts'
import { csvRows } from '../csv/write.ts'
import type { Output } from './output.ts'
import type { Cell, Column } from './table.ts'

type Asked = Omit<Extract<Query, { type: 'diff' }>, 'offset' | 'limit' | 'listings'>
/** Which listings, one by one. */
type Wanted = Pick<ListingPage, 'kind' | 'search'>
type Reader = Pick<Engine, 'query'>

const PAGE = 1000

const COUNTS = [
  'before',
  'after',
  'new',
  'gone',
  'unseen',
  'back',
  'up',
  'down',
  'currency',
] as const satisfies (keyof DiffCounts)[]
const LISTING = [
  'kind',
  'id',
  'url',
  'title',
  'price_before',
  'currency_before',
  'price_after',
  'currency_after',
  'evidence',
] as const

/** Every page of it in one view. */
export async function wholeDiff(reader: Reader, asked: Asked, wanted: Wanted | undefined): Promise<DiffView> {
  let view = await reader.query({ ...asked, offset: 0, limit: PAGE })
  while (view.combinations.length < view.total) {
    const { combinations } = await reader.query({ ...asked, offset: view.combinations.length, limit: PAGE })
    if (combinations.length === 0) break
    view = { ...view, combinations: [...view.combinations, ...combinations] }
  }
  if (!wanted) return view
  const listings: ListingDiff[] = []
  await eachPage(reader, asked, wanted, (page) => listings.push(...page))
  return { ...view, listings: { total: listings.length, listings } }
}

/** Prints page by page: there may be half a million of them. */
export async function printListings(
  reader: Reader,
  asked: Asked,
  wanted: Wanted,
  output: Output,
  asCsv: boolean,
): Promise<void> {
  const names = [...COMBINATION, ...LISTING]
  if (asCsv) output.raw(csvRows([names], output.terminal))
  await eachPage(reader, asked, wanted, (page) => {
    const rows = page.map((listing) =>
      names.map((name) => (name === 'evidence' ? evidenceCell(listing) : listing[name])),
    )
    if (asCsv) output.raw(csvRows(rows, output.terminal))
    else output.table(columns(names), rows)
  })
}

function evidenceCell({ evidence }: ListingDiff): string {
  return evidence ? evidenceText(evidence) : ''
}

async function eachPage(
  reader: Reader,
  asked: Asked,
  wanted: Wanted,
  take: (page: ListingDiff[]) => void,
): Promise<void> {
  for (let offset = 0; ;) {
    const { listings } = await reader.query({
      ...asked,
      offset: 0,
      limit: 0,
      listings: { ...wanted, offset, limit: PAGE },
    })
    const page = listings?.listings ?? []
    take(page)
    offset += page.length
    if (page.length < PAGE) return
  }
}

/** Combinations with their counts; for a person also the sum, the lists and the slower sites, beside the table. */
export function printDiff(view: DiffView, output: Output, asCsv: boolean): void {
  const names = [...COMBINATION, ...COUNTS, 'prices', 'outcome', 'note'] as const
  const rows = view.combinations.map((each) => names.map((name) => cell(each, name)))
  if (asCsv) return output.raw(csvRows([[...names], ...rows], output.terminal))
  output.table(columns(names), [
    ...rows,
    ['sum', '', '', '', '', '', ...COUNTS.map((name) => view.sum[name]), '', '', ''],
  ])
  for (const line of onlyLines(view.only)) output.note(line)
  output.note(`data rows of lists and details: ${view.rows.from}, then ${view.rows.to}`)
  if (view.sum.unseen) output.note(unseenText(view.sum.unseen))
  const { added, gone, added_urls, gone_urls } = view.urls
  if (added + gone > 0) output.note(`lists: ${added} added, ${gone} gone`)
  for (const url of added_urls) output.note(`  + ${url}`)
  for (const url of gone_urls) output.note(`  - ${url}`)
  for (const { website, before, after, slower } of view.sites) {
    if (slower)
      output.note(`slower: ${website} took ${Math.round(after)} minutes, before ${Math.round(before)}`)
  }
}

/** Of what was not compared there is no figure. */
function cell(of: CombinationDiff, name: keyof CombinationDiff): Cell {
  return of.outcome !== 'compared' && COUNT_NAMES.has(name) ? null : of[name]
}

const COUNT_NAMES: ReadonlySet<string> = new Set(COUNTS)

const NUMBERS: ReadonlySet<string> = new Set(['variant', ...COUNTS, 'price_before', 'price_after'])

function columns(names: readonly string[]): Column[] {
  return names.map((name) => (NUMBERS.has(name) ? { name, align: 'right' } : { name }))
}
