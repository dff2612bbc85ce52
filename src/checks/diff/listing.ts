import { amount, currencyOf } from '../listing/amount.ts'
import { plainName, type Places } from '../listing/columns.ts'

/** Stands for a listing whose price is not told. */
export const NO_PRICE = 0

const TITLES = ['nombre', 'titulo', 'title', 'descripcion']
/** A cell may hold megabytes; a list of changes shows one line of it. */
const MOST_TEXT = 300

/** The price as one number to remember: below nothing in dollars, NO_PRICE where there is none. */
export function priceOf(cells: readonly string[], { price, currency }: Places): number {
  const cell = cells[price]
  const number = cell ? amount(cell) : undefined
  if (!cell || number === undefined || !(number > 0)) return NO_PRICE
  return currencyOf(cell, cells[currency] ?? '') === 'USD' ? -number : number
}

export function listingOf(cells: readonly string[], { id, url }: Places, columns: readonly string[]) {
  const title = TITLES.map((name) => columns.findIndex((column) => plainName(column) === name)).find(
    (at) => at >= 0 && cells[at],
  )
  const text = (at: number | undefined) => copyOf((cells[at ?? -1] ?? '').slice(0, MOST_TEXT))
  return { id: text(id), url: text(url), title: text(title) }
}

/** A part of a text would keep all of the piece of the file that it was read in. */
function copyOf(text: string): string {
  return Buffer.from(text).toString()
}
