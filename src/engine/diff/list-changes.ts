import type { Asked } from './asked.ts'
import { DIFF_URLS, type DiffPair, type DiffSide, type DiffView } from '../../domain/diff.ts'

/** Address → the first task that has it. */
type Addresses = Map<string, number>

/**
 * Addresses that the lists of only one of two batches have. Only those are held of which the same combination of the
 * other batch has another: few, since most lists stay as they are.
 */
export class ListChanges {
  readonly #added: Addresses = new Map()
  readonly #gone: Addresses = new Map()

  /** @param asked what either batch was asked for: a list that it was not asked for is not gone from it */
  add(pair: DiffPair, asked: { from: Asked; to: Asked }): void {
    const { from, to } = pair
    if (to && asked.from.has(pair, to.url)) suspect(this.#added, to, from)
    if (from && asked.to.has(pair, from.url)) suspect(this.#gone, from, to)
  }

  /** @param again all pairs once more: another combination may have the address. Asked for only where any may be missing */
  async urls(again: () => AsyncIterable<DiffPair>): Promise<DiffView['urls']> {
    if (this.#added.size + this.#gone.size > 0) {
      for await (const { from, to } of again()) {
        if (from?.depends_on === null) this.#added.delete(from.url)
        if (to?.depends_on === null) this.#gone.delete(to.url)
      }
    }
    return {
      added: this.#added.size,
      gone: this.#gone.size,
      added_urls: first(this.#added),
      gone_urls: first(this.#gone),
    }
  }
}

function suspect(addresses: Addresses, side: DiffSide | null, other: DiffSide | null): void {
  if (side?.depends_on !== null || !side.chosen) return
  if (other?.depends_on === null && other.url === side.url) return
  addresses.set(side.url, Math.min(side.id, addresses.get(side.url) ?? side.id))
}

/** In the order of the lists. */
function first(addresses: Addresses): string[] {
  const order = [...addresses].toSorted(([, one], [, other]) => one - other)
  return order.slice(0, DIFF_URLS).map(([url]) => url)
}
