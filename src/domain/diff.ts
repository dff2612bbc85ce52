import type { Combination } from './codes.ts'
import type { TaskFilter } from './filter.ts'

/** What became of a listing from one batch to another. */
export const DIFF_KINDS = ['new', 'gone', 'up', 'down'] as const
export type DiffKind = (typeof DIFF_KINDS)[number]

export interface DiffCounts {
  /** Different listings in the earlier and in the later output. */
  before: number
  after: number
  new: number
  /** Null where nobody can know: one of the two runs was not complete. A sum holds what is known. */
  gone: number | null
  /** Listings whose price rose or fell, in the same currency. */
  up: number
  down: number
}

/** One end of a comparison: what a batch has of a combination. */
export interface DiffSide {
  id: number
  url: string
  /** Whether it is a list, not the details of one. */
  main: boolean
  /** Whether the filter chooses it. */
  chosen: boolean
  completed: boolean
  /** How long it took; null where it did not run to its end. */
  minutes: number | null
  /** Relative to the workspace. */
  output_path: string
  /** Whether the output holds all there was: the scraper did not say otherwise, and the checks do not doubt it. */
  complete: boolean
}

/** One combination in two batches; null where that batch does not have it. */
export interface DiffPair extends Combination {
  from: DiffSide | null
  to: DiffSide | null
}

/**
 * The combinations of two batches after `after`, at most `limit` of them, in the order of their codes, whether or not
 * the filter chooses them; `next`: where to go on, null at the end. O(limit).
 */
export type DiffPairs = (slice: {
  from: string
  to: string
  filter: TaskFilter
  after: Combination | null
  limit: number
}) => Promise<{ pairs: DiffPair[]; next: Combination | null }>

export interface CombinationDiff extends Combination, DiffCounts {
  /** Why there are no counts: an output is missing, or cannot be read; null: there are. */
  note: string | null
}

/** A listing that changed; all texts are the scraper's own and not to be trusted. */
export interface ListingDiff extends Combination {
  kind: DiffKind
  id: string
  url: string
  title: string
  /** Null where there is none. */
  price_before: number | null
  price_after: number | null
}

/** How long a site's tasks took, over those that completed in both batches. */
export interface SiteDiff {
  website: string
  tasks: number
  /** Minutes in sum. */
  before: number
  after: number
  /** Whether it took noticeably longer. */
  slower: boolean
}

export interface DiffView {
  from: string
  to: string
  sum: DiffCounts
  /** Combinations in all, and the page of them that was asked for, in the order of their codes. */
  total: number
  combinations: CombinationDiff[]
  /** Addresses of the lists that only one of the batches had; at most DIFF_URLS of each. */
  urls: { added: number; gone: number; added_urls: string[]; gone_urls: string[] }
  sites: SiteDiff[]
  /** The page of listings that was asked for; null: none was. */
  listings: { total: number; listings: ListingDiff[] } | null
}

export const DIFF_URLS = 200

/** A page of the listings of one kind. */
export interface ListingPage {
  kind: DiffKind
  offset: number
  limit: number
  /** What a person types to filter them (`parseListingSearch`). */
  search?: string
}

/** A listing as the outputs of one combination tell of it. */
export type Changed = Omit<ListingDiff, keyof Combination>

/** A page of the listings of one kind in one pair of outputs. */
export interface ChangedPage extends Pick<ListingPage, 'kind' | 'offset' | 'limit'> {
  /** Absent: all of that kind. `name` tells one test from another. */
  chooses?: { name: string; test: (listing: Changed) => boolean }
}

/** What two outputs differ in. */
export interface Comparison {
  counts: DiffCounts
  /** The page of listings that was asked for, and how many were chosen in all; counted only as far as one was asked for. */
  changed: Changed[]
  chosen: number
}

export interface Comparer {
  /**
   * Compares two outputs listing by listing: by the source's own id where both have one, else by address. Paths
   * are absolute. Memory grows by 32 bytes per listing at most, and other work goes on meanwhile.
   * @throws ZafraError `not_found` where one of them cannot be read, `conflict` where one holds too many listings
   */
  compare(from: string, to: string, page?: ChangedPage): Promise<Comparison>
}

const WORDS = [
  ['new', 'new'],
  ['gone', 'gone'],
  ['up', 'dearer'],
  ['down', 'cheaper'],
] as const satisfies [DiffKind, string][]

/** Few lines for the person who reads what a batch brought; nothing where nothing changed. */
export function diffLines({
  from,
  sum,
  urls,
  sites,
}: Pick<DiffView, 'from' | 'sum' | 'urls' | 'sites'>): string[] {
  const lines: string[] = []
  const changes = WORDS.flatMap(([kind, word]) => (sum[kind] ? [`${sum[kind]} ${word}`] : []))
  if (changes.length > 0) {
    lines.push(`since ${from}: ${changes.join(', ')} (${sum.before} → ${sum.after} listings)`)
  }
  if (urls.added + urls.gone > 0) lines.push(`lists: ${urls.added} addresses added, ${urls.gone} gone`)
  const slower = sites.filter((site) => site.slower)
  if (slower.length > 0) {
    const each = slower.map((site) => `${site.website} ${minutes(site.before)} → ${minutes(site.after)}`)
    lines.push(`slower: ${each.join(', ')}`)
  }
  return lines
}

function minutes(count: number): string {
  return `${Math.round(count)} min`
}
