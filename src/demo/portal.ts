import type { ListContents, Listing } from './listings.ts'
import type { PortalList } from './lists.ts'

/** One of the demo's portals. */
export interface Portal {
  /** Listings on a page of a list. */
  page_size: number
  robots: string
  /** What stands at an address of its host. @param lists all of the portal's lists */
  find(url: URL, lists: readonly ListContents[]): Place
}

/** What stands at an address. */
export interface Place {
  status: 200 | 403 | 404
  type: string
  body: () => string
  /** How long a real portal takes. */
  latency_ms: number
  /** Set where the address is a page of a list. */
  list?: PortalList
}

export const HTML = 'text/html; charset=utf-8'
export const NOWHERE: Place = { status: 404, type: HTML, body: () => 'No encontrado', latency_ms: 20 }

export function listPage(list: PortalList, latency_ms: number, body: () => string, type = HTML): Place {
  return { status: 200, type, body, latency_ms, list }
}

/** The page of the listing with that id, if it still has one. */
export function listingPage(
  lists: readonly ListContents[],
  id: string,
  body: (list: PortalList, listing: Listing, contents: ListContents) => string,
  type = HTML,
): Place {
  for (const contents of lists) {
    const listing = contents.listings.find((each) => each.id === id)
    if (!listing || listing.vanished) continue
    return { status: 200, type, body: () => body(contents.list, listing, contents), latency_ms: 20 }
  }
  return NOWHERE
}
