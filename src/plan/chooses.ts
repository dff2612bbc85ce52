import { ZafraError } from '../domain/error.ts'
import type { TaskFilter } from '../domain/filter.ts'
import type { NameBooks } from './codes.ts'
import type { Row } from './row.ts'

const OF_TASKS = ['ids', 'batch', 'status', 'check', 'complete', 'since', 'until', 'error', 'search'] as const

/**
 * Whether a filter may mean this row: false only where something that the row does say differs, so that a broken
 * row is left out of the count only if it surely lies outside. Names are as good as codes. A scraper chooses the
 * rows of its sites, each with all its tasks.
 * @throws ZafraError `usage` for what only a task of a batch has: ignored, it would choose every row
 */
export function rowFilter(filter: TaskFilter, books: NameBooks): (row: Row) => boolean {
  const foreign = OF_TASKS.find((word) => filter[word] !== undefined)
  if (foreign !== undefined) {
    throw new ZafraError(
      'usage',
      `a row of the lists has no ${foreign}: choose by site, scraper, code or URL`,
    )
  }
  const code = (kind: keyof NameBooks, text: string | undefined) =>
    text === undefined ? undefined : (books[kind].find(text) ?? text)
  const site = code('website', filter.site)
  const city = code('city', filter.city)
  const operation = code('operation', filter.operation)
  const product = code('product', filter.product)
  const match = filter.match?.toLowerCase()
  const agrees = (wanted: string | undefined, has: string | undefined) =>
    wanted === undefined || has === undefined || wanted === has

  return (row) =>
    agrees(site, row.site?.code) &&
    agrees(city, row.city) &&
    agrees(operation, row.operation) &&
    agrees(product, row.product) &&
    (filter.scraper === undefined ||
      row.site === undefined ||
      [row.site.scraper, row.site.detail_scraper].includes(filter.scraper)) &&
    (match === undefined || row.url.toLowerCase().includes(match))
}
