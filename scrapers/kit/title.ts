import { price } from './money.ts'
import { prose } from './text.ts'

/** A price and nothing else: "USD 250,000", "Desde $ 6,499,999 MXN". */
const PRICE_ALONE =
  /^(?:(?:desde|a partir de|venta|renta|precio|m\.?n\.?|mx[np]?|us[d$]?|\$|:|\s)+)?[\d.,]+(?:\s*(?:m\.?n\.?|mx[np]|usd|pesos|d[oó]lares|mdp|millones|mil|al mes|\/?\s*mes|\s)+)?$/i
const WITHOUT_PRICE = /^(?:consultar|precio a consultar|consulte) ?(?:el )?(?:precios?)?$/i

/** The title that an advertiser gave; undefined for what stands in its place where there is none: a price, or a place. */
export function title(value: unknown, ...places: unknown[]): string | undefined {
  const written = prose(value)
  if (written === undefined || WITHOUT_PRICE.test(written)) return undefined
  if (PRICE_ALONE.test(written) && price(written).precio !== undefined) return undefined
  return places.includes(written) ? undefined : written
}
