import type { Currency, ListingDiff } from '../../domain/diff.ts'
import { NO_PRICE } from '../listing/price.ts'
import { plainName, type Places } from '../listing/columns.ts'

const TITLES = ['nombre', 'titulo', 'title', 'descripcion']
/** A cell may hold megabytes; a list of changes shows one line of it. */
const MOST_TEXT = 300

export function listingOf(cells: readonly string[], { id, url }: Places, columns: readonly string[]) {
  const title = TITLES.map((name) => columns.findIndex((column) => plainName(column) === name)).find(
    (at) => at >= 0 && cells[at],
  )
  const text = (at: number | undefined) => copyOf((cells[at ?? -1] ?? '').slice(0, MOST_TEXT))
  return { id: text(id), url: text(url), title: text(title) }
}

type Prices = Pick<ListingDiff, 'price_before' | 'price_after' | 'currency_before' | 'currency_after'>

/** @param before as `priceOf` remembers it; `after` too */
export function pricesOf(before: number, after: number): Prices {
  const price = (kept: number) => (kept === NO_PRICE ? null : Math.abs(kept))
  return {
    price_before: price(before),
    price_after: price(after),
    currency_before: currency(before),
    currency_after: currency(after),
  }
}

function currency(kept: number): Currency | null {
  if (kept === NO_PRICE) return null
  return kept < 0 ? 'USD' : 'MXN'
}

/** A part of a text would keep all of the piece of the file that it was read in. */
function copyOf(text: string): string {
  return Buffer.from(text).toString()
}
