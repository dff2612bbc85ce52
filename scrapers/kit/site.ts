import type { ListingColumn } from './listing.ts'
import type { Page } from './page.ts'

/** What stands in one cell of the output; undefined: the source does not say. */
export type Cell = string | number | undefined
/** Columns that are not there are as undefined ones. */
export type Row<C extends string = ListingColumn> = Readonly<Partial<Record<C, Cell>>>

/** What one page of a list holds. */
export interface Found<C extends string = ListingColumn> {
  rows: Row<C>[]
  /** The site's own count of the listings of the whole list; it may be wrong. */
  total?: number | undefined
  /** How many listings the page showed, where `rows` leaves some out that are not of the list. */
  shown?: number | undefined
  /** Whether the site itself says that this is the list's last page. */
  last?: boolean | undefined
  /** Where the page links to the one after it, on portals whose addresses of pages cannot be told from the list's. */
  next?: URL | undefined
}

/** One way to read a page, for as long as the portal keeps that shape. */
export interface Strategy<T> {
  /** Told with the metrics, so that a portal's change shows before the last way fails. */
  name: string
  /** Undefined: the page is not of this shape. */
  read: (page: Page) => T | undefined
}

/** What is true of a portal's pages, whatever is on them. */
export interface Portal {
  /** Whether plain HTTP is likely to meet a wall. Which way is taken, the operator decides. */
  browser: boolean
}

/** What a file of rows looks like. */
export interface Shape<C extends string> {
  /** Columns beside those of every listing. */
  more?: readonly C[]
  /** Columns of the files of earlier scrapers, each with the column whose value it repeats. */
  earlier?: Readonly<Record<string, ListingColumn | C>>
}

/** A portal's list of listings, over many pages. */
export interface ListSite<C extends string = never> extends Portal, Shape<C> {
  /** Forms of a page's address, the best first; one that robots.txt allows is taken for the whole run. */
  forms: readonly ((list: URL, page: number) => URL | undefined)[]
  /** Listings on a full page. */
  page_size: number
  /** A page with fewer listings is the last one. */
  full_from: number
  /** So many listings of a list the portal shows at most. */
  reachable?: number
  /** How its lists can be split by price, where the portal has lists from a price on. */
  bands?: Bands
  strategies: readonly Strategy<Found<ListingColumn | C>>[]
}

/** Lists of what costs so much or more, the cheapest first. */
export interface Bands {
  /** Address of a page. @param floor pesos; 0: all that has a price. Undefined: there is no such form of this list */
  form: (list: URL, floor: number, page: number) => URL | undefined
  /** Address of the first page of the whole list, in the portal's own order. */
  whole: (list: URL) => URL
  /** So many pages of a band the portal shows. */
  pages: number
}

/** A portal's page of one listing. */
export interface DetailSite<C extends string = never> extends Portal, Shape<C> {
  /** Paths of the portal's lists: a listing that is gone redirects to one, or to the home page. */
  lists: RegExp
  /** Whether a page says that its listing is gone, where the portal has such a page. */
  gone?: (page: Page) => boolean
  strategies: readonly Strategy<Row<ListingColumn | C>>[]
}
