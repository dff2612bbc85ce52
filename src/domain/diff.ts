import type { Combination } from './codes.ts'
import type { OutputCheck } from './check.ts'
import type { TaskFilter } from './filter.ts'
import type { TaskStatus } from './task.ts'

/**
 * What became of a listing from one batch to another. `new`: no sweep that is read saw it before. `gone`: two full
 * sweeps in a row did not see it, or its own address says so. `unseen`: one full sweep did not see it, which proves
 * nothing. `back`: the earlier batch missed it, but a sweep before that saw it. `up`, `down`: its price, in the same
 * currency; `currency`: its price is in another one.
 */
export const DIFF_KINDS = ['new', 'gone', 'unseen', 'back', 'up', 'down', 'currency'] as const
export type DiffKind = (typeof DIFF_KINDS)[number]

export interface DiffCounts {
  /** Different listings in the earlier and in the later output. */
  before: number
  after: number
  new: number
  /** Null where nobody can know: the later run was not complete. A sum holds what is known. */
  gone: number | null
  /** Null as `gone` is. */
  unseen: number | null
  back: number
  /** Listings whose price rose or fell, in the same currency. */
  up: number
  down: number
  /** Listings whose price is in another currency. */
  currency: number
}

/** One end of a comparison: what a batch has of a combination. */
export interface DiffSide {
  id: number
  url: string
  /** Whether the filter chooses it. */
  chosen: boolean
  status: TaskStatus
  /** The list whose details it fetches; null: it is a list. */
  depends_on: number | null
  /** When it was completed, UTC as `sqlTime`; null: not yet. */
  at: string | null
  /** How long it took; null where it did not run to its end. */
  minutes: number | null
  /** Relative to the workspace. */
  output_path: string
  /** That of its details; null: it has none. */
  details_path: string | null
  /** Whether the output holds all there was: the scraper did not say otherwise, and the checks do not doubt it. */
  complete: boolean
  check: OutputCheck | null
  /** The reason for which it ended before the list did, as `OutputFacts.stopped_by`; null: none was given. */
  stopped_by: string | null
  /** How many listings the portal shows of this list at most; null: it is not known to hold any back. */
  cap: number | null
}

/** When a batch swept a list: UTC as `sqlTime`; null: not known. */
export interface Sight {
  batch: string
  at: string | null
}

/** A full sweep of a combination in another batch than the two that are compared. */
export interface DiffSweep extends Sight {
  /** Relative to the workspace. */
  output_path: string
  /** That of its details; null: it has none. */
  details_path: string | null
}

/** Full sweeps of a combination around those of two batches, as far as they decide what is new and what is gone. */
export interface DiffSweeps {
  /** Before the earlier batch, at most EARLIER_SWEEPS, the latest first. */
  earlier: DiffSweep[]
  /** The last one between the two batches; null: they follow each other. */
  between: DiffSweep | null
}

export const EARLIER_SWEEPS = 2

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

/** @param from the earlier batch's task of the combination, `to`: the later one's */
export type SweepsAround = (of: Combination, from: number, to: number) => Promise<DiffSweeps>

/**
 * Whether a combination's outputs were compared. `missing`: one of them is not there. `unreadable`: one of them cannot be
 * read. `not_requested`: one of the batches was not asked for it.
 */
export const DIFF_OUTCOMES = ['compared', 'missing', 'unreadable', 'not_requested'] as const
export type DiffOutcome = (typeof DIFF_OUTCOMES)[number]

/** Counts are of nothing where the outcome is not `compared`. */
export interface CombinationDiff extends Combination, DiffCounts {
  outcome: DiffOutcome
  /** Whose prices were compared: the details', where both batches have them whole; what comes and goes the lists tell. */
  prices: 'lists' | 'details'
  /** Why there are no counts, or why one of them is null; null: all is there. */
  note: string | null
}

export const CURRENCIES = ['MXN', 'USD'] as const
export type Currency = (typeof CURRENCIES)[number]

/** A listing that changed; all texts are the scraper's own and not to be trusted. */
export interface ListingDiff extends Combination {
  kind: DiffKind
  id: string
  url: string
  title: string
  /** Null where there is none. */
  price_before: number | null
  price_after: number | null
  /** Of either price; null where there is none. */
  currency_before: Currency | null
  currency_after: Currency | null
  /** What it rests on that the listing is gone, unseen or back; null for what both outputs show. */
  evidence: Evidence | null
}

/** Which sweeps saw a listing, and which did not. */
export interface Evidence {
  /** The last sweep that saw it before those that did not. */
  seen_by: Sight
  /** The full sweeps after that one that did not see it, the earliest first. */
  not_seen_by: Sight[]
  /** What its own address answered to the scraper of its details; null: nothing is known. */
  answer: GoneAnswer | null
}

/** A listing's own address said that it is gone. */
export interface GoneAnswer {
  /** The HTTP status; 0: a notice on the page, or a redirect to a list. */
  status: number
  /** UTC as `sqlTime`, as the scraper wrote it. */
  at: string
  batch: string
}

/** One sentence of it. */
export function evidenceText({ seen_by, not_seen_by, answer }: Evidence): string {
  const of = ({ batch, at }: Sight) => (at === null ? batch : `${batch} (${at})`)
  const missed = not_seen_by.length > 0 ? [`not seen by ${not_seen_by.map(of).join(', ')}`] : []
  const said = answer
    ? [`its address answered ${answer.status || 'that it is gone'} to ${answer.batch} (${answer.at})`]
    : []
  return [...said, ...missed, `last seen by ${of(seen_by)}`].join('; ')
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
  /** To what either batch was restricted when it was started, such as `Inm24`; null: to nothing. */
  only: { from: string | null; to: string | null }
  /** Data rows of either batch as everywhere: of lists and details, whatever the filter. */
  rows: { from: number; to: number }
  /** Over all that was compared. */
  sum: DiffCounts
  /**
   * Combinations in all, and the page of them that was asked for: those that changed, those that did not, those that
   * could not be compared, and those that one batch was not asked for, each in the order of their codes.
   */
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

/** The output of a sweep. `path` is absolute; `full`: it holds all there was, so that what it lacks was not there to be seen. */
export interface Sweep extends Sight {
  path: string
  full: boolean
  /** Where the details' scraper may have noted which listings' addresses say that they are gone; null: nowhere. */
  gone: string | null
}

/** The outputs that two batches have of a combination, and those around them. */
export interface Outputs {
  from: Sweep
  to: Sweep
  /** Full sweeps before `from`, the latest first; what cannot be read of them and of `between` proves nothing. */
  earlier: readonly Sweep[]
  between: Sweep | null
}

export interface Comparer {
  /**
   * Compares two outputs listing by listing: by the source's own id where both have one, else by address. Memory
   * grows by 32 bytes per listing of all sweeps at most, and other work goes on meanwhile.
   * @throws ZafraError `not_found` where one of the two cannot be read, `conflict` where there are too many listings
   */
  compare(outputs: Outputs, page?: ChangedPage): Promise<Comparison>
}

/** Why these are not gone yet. */
export function unseenText(unseen: number): string {
  return `${unseen} not seen once: that they are gone is proved when the next full sweep does not see them either`
}

const WORDS = [
  ['new', 'new'],
  ['gone', 'gone'],
  ['unseen', 'not seen once'],
  ['back', 'back'],
  ['up', 'dearer'],
  ['down', 'cheaper'],
  ['currency', 'in another currency'],
] as const satisfies [DiffKind, string][]

/** Few lines for the person who reads what a batch brought; nothing where nothing changed. */
export function diffLines({
  from,
  only,
  sum,
  urls,
  sites,
}: Pick<DiffView, 'from' | 'only' | 'sum' | 'urls' | 'sites'>): string[] {
  const lines = onlyLines(only)
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

/** `later batch: only Inm24`, for either batch that was not asked for everything. */
export function onlyLines({ from, to }: DiffView['only']): string[] {
  return [
    ...(from === null ? [] : [`earlier batch: only ${from}`]),
    ...(to === null ? [] : [`later batch: only ${to}`]),
  ]
}

function minutes(count: number): string {
  return `${Math.round(count)} min`
}
