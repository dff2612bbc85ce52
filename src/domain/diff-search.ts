import type { Combination } from './codes.ts'
import type { ListingDiff } from './diff.ts'
import { matches, parseSearchOf, type Searched } from './search-fields.ts'
import type { Term } from './search.ts'

/** What a list of changed listings can be searched by. */
const LISTING_FIELDS = ['site', 'city', 'operation', 'product', 'scraper', 'variant', 'url'] as const

/** A search for listings in its two halves: what the combination decides alone needs no look at its outputs. */
export interface ListingSearch {
  choosesCombination(of: Combination): boolean
  /** Null: every listing of a chosen combination is chosen. */
  choosesListing: ((listing: ListingDiff) => boolean) | null
}

/** @throws ZafraError `usage` where the search makes no sense */
export function parseListingSearch(search: string): ListingSearch {
  const terms = parseSearchOf(LISTING_FIELDS, search)
  const [combined, single] = [terms.filter(isOfCombination), terms.filter((term) => !isOfCombination(term))]
  return {
    choosesCombination: (of) => matches(combined, ofCombination(of)),
    choosesListing: single.length === 0 ? null : (listing) => matches(single, ofListing(listing)),
  }
}

function isOfCombination(term: Term): boolean {
  return term.kind === 'range' || (term.kind === 'words' && term.field !== 'url')
}

function ofCombination({ website, city, operation, product, scraper_name, variant }: Combination): Searched {
  const words = {
    site: [website],
    city: [city],
    operation: [operation],
    product: [product],
    scraper: [scraper_name],
  }
  return { text: [], words, numbers: { variant } }
}

function ofListing({ website, city, operation, product, id, url, title }: ListingDiff): Searched {
  return { text: [`${website} ${city} ${operation} ${product}`, id, url, title], words: { url: [url] } }
}
