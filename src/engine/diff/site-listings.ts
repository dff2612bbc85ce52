import type { BatchesDiff } from './compare-batches.ts'

/** Sites that are told of one by one. */
const MOST_SITES = 12

/** What the sweeps of a site saw, in sum over what could be compared. */
export interface SiteListings {
  site: string
  seen: number
  fresh: number
  /** Null: no sweep of it was full, so that nobody can know. */
  gone: number | null
  unseen: number | null
}

/** In the order of their codes. */
export function siteListings({ compared }: Pick<BatchesDiff, 'compared'>): SiteListings[] {
  const sites = new Map<string, SiteListings>()
  for (const { diff } of compared) {
    if (diff.outcome !== 'compared') continue
    const own = sites.get(diff.website) ?? { site: diff.website, seen: 0, fresh: 0, gone: null, unseen: null }
    sites.set(diff.website, {
      site: own.site,
      seen: own.seen + diff.after,
      fresh: own.fresh + diff.new,
      gone: diff.gone === null ? own.gone : (own.gone ?? 0) + diff.gone,
      unseen: diff.unseen === null ? own.unseen : (own.unseen ?? 0) + diff.unseen,
    })
  }
  return [...sites.values()].toSorted((one, other) => (one.site < other.site ? -1 : 1))
}

/** `CyT: 4546 seen, 182 new, 3 gone, 180 not seen once`, for each site. */
export function siteLines(sites: readonly SiteListings[]): string[] {
  const lines = sites.slice(0, MOST_SITES).map(({ site, seen, fresh, gone, unseen }) => {
    const absent = gone === null ? 'what is gone is not known' : `${gone} gone, ${unseen ?? 0} not seen once`
    return `${site}: ${seen} seen, ${fresh} new, ${absent}`
  })
  return sites.length > MOST_SITES ? [...lines, `and ${sites.length - MOST_SITES} more sites`] : lines
}

/** Sites that were swept in full and showed nothing new: a portal that lives always has something. */
export function withoutNews(sites: readonly SiteListings[]): string[] {
  return sites
    .filter(({ seen, fresh, gone }) => seen > 0 && fresh === 0 && gone !== null)
    .map(({ site }) => site)
}
