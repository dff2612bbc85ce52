import { ZafraError } from '../../domain/error.ts'
import type {
  ChangedPage,
  Comparison,
  DiffCounts,
  DiffKind,
  Evidence,
  Outputs,
  Sweep,
} from '../../domain/diff.ts'
import { placesOf, type Places } from '../listing/columns.ts'
import { hash, Keys, MOST_KEYS } from '../listing/keys.ts'
import { commonKey, hasKey, type KeyOf } from '../listing/common-key.ts'
import { NO_PRICE, priceOf } from '../listing/price.ts'
import { readCsv } from '../../csv/read.ts'
import { Changes } from './changes.ts'
import { Closed } from './closed.ts'
import { listingOf, pricesOf } from './listing.ts'
import { evidenceOf, fateOf, originOf, SEEN, TOLD } from './sightings.ts'

/** What is known of each listing while outputs are compared. */
interface Known {
  keyOf: KeyOf
  /** Prices in the earlier output. */
  prices: Keys
  /** Bits of SEEN, over all sweeps. */
  seen: Keys
  closed: Closed
}

/** The first row of a listing counts, in every file. */
export async function compareFiles(given: Outputs, page?: ChangedPage): Promise<Comparison> {
  const keyOf = await commonKey(given.from.path, given.to.path)
  const known: Known = { keyOf, prices: new Keys(), seen: new Keys(), closed: new Closed() }
  await known.closed.read(given)
  await see(known, SEEN.from, given.from.path)
  const outputs = await witnesses(known, given)
  const none = outputs.to.full ? 0 : null
  const counts: DiffCounts = {
    before: known.prices.size,
    after: 0,
    new: 0,
    gone: none,
    unseen: none,
    back: 0,
    up: 0,
    down: 0,
    currency: 0,
  }
  const changes = new Changes(page)
  await readLater(known, outputs, counts, changes)
  for (const seen of known.seen.values()) {
    const fate = seen & SEEN.to ? undefined : fateOf(seen, outputs)
    if (fate) counts[fate] = (counts[fate] ?? 0) + 1
  }
  if (page?.kind === 'gone' || page?.kind === 'unseen') await findAbsent(known, outputs, changes)
  return { counts, changed: changes.page, chosen: changes.chosen }
}

/** Reads the sweeps around the two. What cannot be read to its end, or knows its listings otherwise, is no full one. */
async function witnesses(known: Known, given: Outputs): Promise<Outputs> {
  const read = async (sweep: Sweep, bit: number): Promise<Sweep> => {
    try {
      if (!(await hasKey(sweep.path, known.keyOf))) return { ...sweep, full: false }
      await see(known, bit, sweep.path)
      return sweep
    } catch {
      return { ...sweep, full: false }
    }
  }
  const earlier: Sweep[] = []
  for (const [at, bit] of [SEEN.earlier, SEEN.earliest].entries()) {
    const sweep = given.earlier[at]
    if (sweep) earlier.push(await read(sweep, bit))
  }
  return { ...given, earlier, between: given.between && (await read(given.between, SEEN.between)) }
}

async function see({ keyOf, prices, seen, closed }: Known, bit: number, path: string): Promise<void> {
  await eachListing(path, keyOf, (key, cells, places) => {
    const before = seen.get(key) ?? 0
    if (before & bit) return
    put(seen, key, before | bit | closed.bits(cells, places), path)
    if (bit === SEEN.from) put(prices, key, priceOf(cells, places), path)
  })
}

async function readLater(
  { keyOf, prices, seen, closed }: Known,
  outputs: Outputs,
  counts: DiffCounts,
  changes: Changes,
): Promise<void> {
  const { path } = outputs.to
  const evidence = evidenceIn({ closed }, outputs)
  await eachListing(path, keyOf, (key, cells, places, columns) => {
    const before = (seen.get(key) ?? 0) | closed.bits(cells, places)
    if (before & SEEN.to) return
    put(seen, key, before | SEEN.to, path)
    counts.after++
    const [old, price] = [prices.get(key), priceOf(cells, places)]
    const kind = originOf(before) ?? turnOf(old, price)
    if (!kind) return
    counts[kind] = (counts[kind] ?? 0) + 1
    changes.add(kind, () => ({
      ...listingOf(cells, places, columns),
      ...pricesOf(old ?? NO_PRICE, price),
      evidence: evidence(kind, before | SEEN.to, cells, places),
    }))
  })
}

/** Dollars are kept below nothing: prices of different currencies cannot be held against each other. */
function turnOf(before: number | undefined, after: number): 'up' | 'down' | 'currency' | undefined {
  if (before === undefined || before === NO_PRICE || after === NO_PRICE || before === after) return undefined
  if (before < 0 !== after < 0) return 'currency'
  return Math.abs(after) > Math.abs(before) ? 'up' : 'down'
}

/** What the later output lacks, as the last output shows it that has it. */
async function findAbsent(known: Known, outputs: Outputs, changes: Changes): Promise<void> {
  const { keyOf, seen } = known
  const evidence = evidenceIn(known, outputs)
  for (const sweep of [outputs.from, outputs.earlier[0]]) {
    if (!sweep) continue
    await eachListing(sweep.path, keyOf, (key, cells, places, columns) => {
      const sights = seen.get(key) ?? 0
      if (sights & (SEEN.to | TOLD)) return
      seen.set(key, sights | TOLD)
      const kind = fateOf(sights, outputs)
      if (!kind) return
      const price = priceOf(cells, places)
      changes.add(kind, () => ({
        ...listingOf(cells, places, columns),
        ...pricesOf(price, NO_PRICE),
        evidence: evidence(kind, sights, cells, places),
      }))
    })
  }
}

function evidenceIn({ closed }: Pick<Known, 'closed'>, outputs: Outputs) {
  return (kind: DiffKind, seen: number, cells: readonly string[], places: Places): Evidence | null => {
    const found = evidenceOf(kind, seen, outputs)
    return found && { ...found, answer: kind === 'gone' ? closed.answer(cells, places) : null }
  }
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
