import { ZafraError } from '../../domain/error.ts'
import type { ChangedPage, Comparison, DiffCounts } from '../../domain/diff.ts'
import { placesOf, type Places } from '../listing/columns.ts'
import { hash, Keys, MOST_KEYS } from '../listing/keys.ts'
import { commonKey, type KeyOf } from '../listing/common-key.ts'
import { NO_PRICE, priceOf } from '../listing/price.ts'
import { readCsv } from '../../csv/read.ts'
import { Changes } from './changes.ts'
import { listingOf } from './listing.ts'

/** The first row of a listing counts, in either file. */
export async function compareFiles(from: string, to: string, page?: ChangedPage): Promise<Comparison> {
  const keyOf = await commonKey(from, to)
  const before = await pricesOf(from, keyOf)
  const after = new Keys()
  const counts = { before: before.size, after: 0, new: 0, gone: 0, up: 0, down: 0 } satisfies DiffCounts
  const changes = new Changes(page)
  await eachListing(to, keyOf, (key, cells, places, columns) => {
    if (after.get(key) !== undefined) return
    put(after, key, 0, to)
    const [old, price] = [before.get(key), priceOf(cells, places)]
    const kind = kindOf(old, price)
    if (!kind) return
    counts[kind]++
    changes.add(kind, () => ({
      ...listingOf(cells, places, columns),
      price_before: old === undefined || old === NO_PRICE ? null : Math.abs(old),
      price_after: price === NO_PRICE ? null : Math.abs(price),
    }))
  })
  counts.after = after.size
  counts.gone = before.size - (after.size - counts.new)
  if (page?.kind === 'gone') await findGone(from, keyOf, { before, after }, changes)
  return { counts, changed: changes.page, chosen: changes.chosen }
}

/** Dollars are kept below nothing: prices of different currencies are not compared. */
function kindOf(before: number | undefined, after: number): 'new' | 'up' | 'down' | undefined {
  if (before === undefined) return 'new'
  if (before === NO_PRICE || after === NO_PRICE || before === after || before < 0 !== after < 0)
    return undefined
  return Math.abs(after) > Math.abs(before) ? 'up' : 'down'
}

/** Marks in `before` what is told, which is not looked up any more: another table would be as large again. */
async function findGone(
  from: string,
  keyOf: KeyOf,
  { before, after }: { before: Keys; after: Keys },
  changes: Changes,
): Promise<void> {
  await eachListing(from, keyOf, (key, cells, places, columns) => {
    if (after.get(key) !== undefined || Number.isNaN(before.get(key))) return
    before.set(key, Number.NaN)
    const price = priceOf(cells, places)
    changes.add('gone', () => ({
      ...listingOf(cells, places, columns),
      price_before: price === NO_PRICE ? null : Math.abs(price),
      price_after: null,
    }))
  })
}

async function pricesOf(path: string, keyOf: KeyOf): Promise<Keys> {
  const prices = new Keys()
  await eachListing(path, keyOf, (key, cells, places) => {
    if (prices.get(key) === undefined) put(prices, key, priceOf(cells, places), path)
  })
  return prices
}

function put(keys: Keys, key: number, value: number, path: string): void {
  if (keys.set(key, value)) return
  throw new ZafraError('conflict', `${path} holds more than ${MOST_KEYS} listings: too many to compare`)
}

async function eachListing(
  path: string,
  keyOf: KeyOf,
  onListing: (key: number, cells: readonly string[], places: Places, columns: readonly string[]) => void,
): Promise<void> {
  let [places, columns]: [Places, readonly string[]] = [placesOf([]), []]
  const end = await readCsv(path, {
    onHeader(header) {
      columns = header.columns
      places = placesOf(columns)
    },
    onRow(cells) {
      const key = keyOf(cells, places)
      if (key !== undefined) onListing(hash(key), cells, places, columns)
    },
  })
  if (end.torn !== null) throw new ZafraError('not_found', `the output ${path} is no CSV that can be read`)
}
