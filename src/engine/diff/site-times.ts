import type { DiffPair, SiteDiff } from '../../domain/diff.ts'

/** A site took noticeably longer when it took half as long again, and more than a minute. */
const [SLOWER, SLOWER_MINUTES] = [1.5, 1]

/** How long each site took, over what completed in both batches, lists and details. */
export class SiteTimes {
  readonly #only: string | undefined
  readonly #sites = new Map<string, Omit<SiteDiff, 'slower'>>()

  /** @param only the one site that is asked for */
  constructor(only: string | undefined) {
    this.#only = only
  }

  add({ website, from, to }: DiffPair): void {
    if (this.#only !== undefined && website !== this.#only) return
    if (
      from?.status !== 'completed' ||
      to?.status !== 'completed' ||
      from.minutes === null ||
      to.minutes === null
    )
      return
    const { tasks, before, after } = this.#sites.get(website) ?? { tasks: 0, before: 0, after: 0 }
    const site = { website, tasks: tasks + 1, before: before + from.minutes, after: after + to.minutes }
    this.#sites.set(website, site)
  }

  /** In the order of their codes. */
  sites(): SiteDiff[] {
    const sites = [...this.#sites.values()].map((site) => ({
      ...site,
      slower: site.after > site.before * SLOWER && site.after - site.before > SLOWER_MINUTES,
    }))
    return sites.toSorted((one, other) => (one.website < other.website ? -1 : 1))
  }
}
