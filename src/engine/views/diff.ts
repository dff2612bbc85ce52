import { resolve } from 'node:path'
import { ZafraError } from '../../domain/error.ts'
import type {
  CombinationDiff,
  Comparer,
  DiffCounts,
  DiffPair,
  DiffSide,
  DiffView,
  ListingDiff,
  ListingPage,
} from '../../domain/diff.ts'
import { parseListingSearch, type ListingSearch } from '../../domain/diff-search.ts'
import type { Query } from '../../domain/query.ts'
import type { Reads } from '../../domain/store.ts'
import { eachPair } from '../diff/each-pair.ts'
import { ListChanges } from '../diff/list-changes.ts'
import { SiteTimes } from '../diff/site-times.ts'
import { namedBatch } from '../named.ts'

const NONE: DiffCounts = { before: 0, after: 0, new: 0, gone: 0, up: 0, down: 0 }

export interface DiffParts {
  config: { workspace: string }
  reads: Reads
  comparer: Comparer
}

/**
 * What one batch found otherwise than another. Reads every pair of outputs that was not compared before, one after the
 * other, so that memory is that of the largest; the answer holds pages only.
 * @throws ZafraError `not_found` where there is no such batch
 */
export async function diffView(parts: DiffParts, query: Extract<Query, { type: 'diff' }>): Promise<DiffView> {
  const { reads } = parts
  const { from, to, filter = {}, offset, limit } = query
  for (const batch of [from, to]) await namedBatch(reads, batch)
  const combinations: CombinationDiff[] = []
  const [lists, times] = [new ListChanges(), new SiteTimes(filter.site)]
  const listings = query.listings && new ListingsPage(parts, query.listings)
  let [sum, total] = [NONE, 0]
  for await (const pair of eachPair(reads, { from, to, filter })) {
    lists.add(pair)
    times.add(pair)
    if (!isWanted(pair)) continue
    const combination = await compared(parts, pair)
    sum = plus(sum, combination)
    if (total >= offset && combinations.length < limit) combinations.push(combination)
    total += 1
    await listings?.add(pair, combination)
  }
  const urls = await lists.urls(() => eachPair(reads, { from, to, filter }))
  return {
    from,
    to,
    sum,
    total,
    combinations,
    urls,
    sites: times.sites(),
    listings: listings?.page() ?? null,
  }
}

/** An address may differ from batch to batch: either may be what the filter chooses. */
function isWanted({ from, to }: DiffPair): boolean {
  return [from, to].some((side) => side?.main && side.chosen)
}

/** Gone can only be said of a listing that two complete runs looked for. */
async function compared(parts: DiffParts, pair: DiffPair): Promise<CombinationDiff> {
  const { from: _from, to: _to, ...combination } = pair
  const [from, to] = outputs(pair)
  if (!from || !to) {
    const note = from ? 'no output in the later batch' : to ? 'no output in the earlier batch' : 'no output'
    return { ...combination, ...NONE, gone: null, note }
  }
  try {
    const { counts } = await parts.comparer.compare(...paths(parts, from, to))
    const whole = from.complete && to.complete
    return { ...combination, ...counts, gone: whole ? counts.gone : null, note: null }
  } catch (error) {
    if (!(error instanceof ZafraError)) throw error
    return { ...combination, ...NONE, gone: null, note: error.message }
  }
}

/**
 * The page may begin in one combination and end in another; those before it and after it are not read again, unless
 * only their listings tell whether the search chooses them.
 */
class ListingsPage {
  readonly #parts: DiffParts
  readonly #asked: ListingPage
  readonly #search: ListingSearch
  readonly #listings: ListingDiff[] = []
  #total = 0

  constructor(parts: DiffParts, asked: ListingPage) {
    this.#parts = parts
    this.#asked = asked
    this.#search = parseListingSearch(asked.search ?? '')
  }

  async add(pair: DiffPair, counts: CombinationDiff): Promise<void> {
    const { kind, offset, limit } = this.#asked
    const count = counts[kind] ?? 0
    const [from, to] = outputs(pair)
    if (!from || !to || count === 0 || !this.#search.choosesCombination(pair)) return
    const skip = Math.max(offset - this.#total, 0)
    const wanted = limit - this.#listings.length
    const { choosesListing } = this.#search
    if (!choosesListing && (skip >= count || wanted <= 0)) {
      this.#total += count
      return
    }
    const { scraper_name, website, city, operation, product, variant } = counts
    const combination = { scraper_name, website, city, operation, product, variant }
    const { changed, chosen } = await this.#parts.comparer.compare(...paths(this.#parts, from, to), {
      kind,
      offset: skip,
      limit: wanted,
      ...(choosesListing && { chooses: (each) => choosesListing({ ...combination, ...each }) }),
    })
    this.#total += chosen
    this.#listings.push(...changed.map((each) => ({ ...combination, ...each })))
  }

  page(): DiffView['listings'] {
    return { total: this.#total, listings: this.#listings }
  }
}

/** The ends that can be compared: completed lists. */
function outputs({ from, to }: DiffPair): (DiffSide | null)[] {
  return [from, to].map((side) => (side?.main && side.completed ? side : null))
}

function paths({ config }: DiffParts, from: DiffSide, to: DiffSide) {
  const inWorkspace = (path: string) => resolve(config.workspace, path)
  return [inWorkspace(from.output_path), inWorkspace(to.output_path)] as const
}

function plus(sum: DiffCounts, each: DiffCounts): DiffCounts {
  return {
    before: sum.before + each.before,
    after: sum.after + each.after,
    new: sum.new + each.new,
    gone: (sum.gone ?? 0) + (each.gone ?? 0),
    up: sum.up + each.up,
    down: sum.down + each.down,
  }
}
