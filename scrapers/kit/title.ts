import { isPrice } from './money.ts'
import { prose } from './text.ts'

/** The title that an advertiser gave; undefined for what stands in its place where there is none: a price, or a place. */
export function title(value: unknown, ...places: unknown[]): string | undefined {
  const written = prose(value)
  return written === undefined || isPrice(written) || places.includes(written) ? undefined : written
}
