import type { Comparer, DiffKind, DiffView, ListingDiff } from '../../domain/diff.ts'
import { parseListingSearch, type ListingSearch } from '../../domain/diff-search.ts'
import type { Compared } from './compare-batches.ts'

const PRICED: ReadonlySet<DiffKind> = new Set(['up', 'down', 'currency'])

/**
 * The listings of one kind that a search chooses, page by page. What only the outputs tell, how many of each
 * combination are chosen, is asked of them once; after that a page reads the outputs that it is of.
 */
export class DiffListings {
  readonly #comparer: Comparer
  readonly #compared: readonly Compared[]
  readonly #kind: DiffKind
  readonly #name: string
  readonly #search: ListingSearch
  readonly #onFault: () => void
  #counts: Promise<number[]> | undefined

  /**
   * @param of.onFault called when an output cannot be read any more
   * @throws ZafraError `usage` where the search makes no sense
   */
  constructor(
    {
      comparer,
      compared,
      onFault,
    }: { comparer: Comparer; compared: readonly Compared[]; onFault: () => void },
    kind: DiffKind,
    search: string,
  ) {
    this.#comparer = comparer
    this.#onFault = onFault
    this.#compared = compared
    this.#kind = kind
    this.#name = search
    this.#search = parseListingSearch(search)
  }

  /** @throws ZafraError as of `Comparer.compare` */
  async page(offset: number, limit: number): Promise<NonNullable<DiffView['listings']>> {
    try {
      return await this.#page(offset, limit)
    } catch (error) {
      this.#onFault()
      throw error
    }
  }

  async #page(offset: number, limit: number): Promise<NonNullable<DiffView['listings']>> {
    this.#counts ??= this.#count()
    const listings: ListingDiff[] = []
    let total = 0
    for (const [at, count] of (await this.#counts).entries()) {
      const skip = Math.max(offset - total, 0)
      const wanted = limit - listings.length
      total += count
      if (skip < count && wanted > 0) listings.push(...(await this.#some(at, skip, wanted)).listings)
    }
    return { total, listings }
  }

  async #count(): Promise<number[]> {
    const counts: number[] = []
    for (const [at, { diff, outputs }] of this.#compared.entries()) {
      const count = outputs && this.#search.choosesCombination(diff) ? (diff[this.#kind] ?? 0) : 0
      const all = count === 0 || !this.#search.choosesListing
      counts.push(all ? count : (await this.#some(at, 0, 0)).chosen)
    }
    return counts
  }

  async #some(
    at: number,
    offset: number,
    limit: number,
  ): Promise<{ listings: ListingDiff[]; chosen: number }> {
    const { diff, ...read } = this.#compared[at]!
    const outputs = PRICED.has(this.#kind) ? (read.details ?? read.outputs) : read.outputs
    if (!outputs) return { listings: [], chosen: 0 }
    const { scraper_name, website, city, operation, product, variant } = diff
    const combination = { scraper_name, website, city, operation, product, variant }
    const { choosesListing } = this.#search
    const { changed, chosen } = await this.#comparer.compare(outputs, {
      kind: this.#kind,
      offset,
      limit,
      ...(choosesListing && {
        chooses: { name: this.#name, test: (each) => choosesListing({ ...combination, ...each }) },
      }),
    })
    return { listings: changed.map((each) => ({ ...combination, ...each })), chosen }
  }
}
