import { amount } from '../listing/amount.ts'
import type { Places } from '../listing/columns.ts'
import { listingKey } from '../listing/listing-key.ts'

/** How a portal or a scraper writes that a price is not told. */
const UNTOLD =
  /consult|pregunt|llam|contact|negoci|acordar|convenir|ask|^n\/?[ad]$|^(?:none|null|nan|-+|\$)$/i

/** A scheme, at the beginning of an address. */
const SCHEME = /^([a-z][a-z0-9+.-]*):/i
const SPACE = /\s/

/**
 * Why a row does not hold what its columns say, or undefined where it does. A column that is not there is not
 * looked at; an empty cell is a matter of coverage. Relative addresses are what earlier scripts write.
 */
export function rowFault(cells: readonly string[], columns: number, places: Places): string | undefined {
  if (cells.length !== columns) return `${cells.length} cells under ${columns} columns`
  const { id, url, price, area, latitude, longitude } = places
  if ((id >= 0 || url >= 0) && listingKey(cells, places) === undefined) return 'neither id nor address'
  return (
    urlFault(url >= 0 ? cells[url] : undefined) ??
    numberFault('price', price >= 0 ? cells[price] : undefined) ??
    numberFault('area', area >= 0 ? cells[area] : undefined) ??
    degreesFault('latitude', latitude >= 0 ? cells[latitude] : undefined, 90) ??
    degreesFault('longitude', longitude >= 0 ? cells[longitude] : undefined, 180)
  )
}

function urlFault(cell: string | undefined): string | undefined {
  if (!cell) return undefined
  const address = cell.trim()
  if (SPACE.test(address)) return 'the address has a space in it'
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase()
  return scheme === undefined || scheme === 'http' || scheme === 'https'
    ? undefined
    : 'the address is not one of the web'
}

function numberFault(what: string, cell: string | undefined): string | undefined {
  if (!cell || amount(cell) !== undefined) return undefined
  const text = cell.trim()
  return text === '' || UNTOLD.test(text) ? undefined : `the ${what} holds no number`
}

function degreesFault(what: string, cell: string | undefined, most: number): string | undefined {
  const text = cell?.trim()
  if (!text) return undefined
  const degrees = Number(text)
  return Math.abs(degrees) <= most ? undefined : `the ${what} is not in degrees`
}
