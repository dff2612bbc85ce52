/** Why a scraper ended before the list did: its limit of pages, robots.txt, or all that the portal shows of a list. */
export const LIST_STOPS = ['max_pages', 'robots', 'cap'] as const
export type ListStop = (typeof LIST_STOPS)[number]

/**
 * What a scraper reports of the list it read, beside its rows; null: it said nothing of it
 * (source: scraper-contract.md, Out).
 */
export interface ListReport {
  /** How many listings the portal counts. */
  expected: number | null
  stopped_by: ListStop | null
  /** How many listings the portal shows of this list at most. */
  cap: number | null
  /** Cards read in all, repeated ones included. */
  cards: number | null
  /** Cards of a listing that had been read before in the same pass. */
  repeats: number | null
  /** An estimate of the listings that exist and were not seen. */
  unseen: number | null
  /** Where the list's address led when it redirected to another host or path. Foreign text. */
  redirected_to: string | null
  /** Listings that a split by price cannot see. */
  unpriced: number | null
}

export const NO_REPORT: ListReport = {
  expected: null,
  stopped_by: null,
  cap: null,
  cards: null,
  repeats: null,
  unseen: null,
  redirected_to: null,
  unpriced: null,
}
