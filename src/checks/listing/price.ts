import { amount, currencyOf } from './amount.ts'
import type { Places } from './columns.ts'

/** Stands for a listing whose price is not told. */
export const NO_PRICE = 0

/** The price as one number to remember: below nothing in dollars, NO_PRICE where there is none. */
export function priceOf(cells: readonly string[], { price, currency }: Places): number {
  const cell = cells[price]
  const number = cell ? amount(cell) : undefined
  if (!cell || number === undefined || !(number > 0)) return NO_PRICE
  return currencyOf(cell, cells[currency] ?? '') === 'USD' ? -number : number
}
