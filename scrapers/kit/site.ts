import type { Page } from './page.ts'

/** What stands in one cell of the output; undefined: the source does not say. */
export type Cell = string | number | undefined
export type Row<C extends string> = Readonly<Record<C, Cell>>

/** What one page of a list holds. */
export interface Found<C extends string> {
  rows: Row<C>[]
  /** The site's own count of the listings of the whole list. */
  total?: number | undefined
}

/** One way to read a page, for as long as the portal keeps that shape. */
export interface Strategy<T> {
  /** Told with the metrics, so that a portal's change shows before the last way fails. */
  name: string
  /** Undefined: the page is not of this shape. */
  read: (page: Page) => T | undefined
}

/** A portal's list of listings, over many pages. `id` and `url` are columns of every list. */
export interface ListSite<C extends string> {
  columns: readonly C[]
  /** Forms of a page's address, the best first; one that robots.txt allows is taken for the whole run. */
  forms: readonly ((list: URL, page: number) => URL | undefined)[]
  /** Listings on a full page. */
  page_size: number
  /** A page with fewer listings is the last one. */
  full_from: number
  /** So many listings of a list the portal shows at most. */
  reachable?: number
  strategies: readonly Strategy<Found<C>>[]
  /** How the wall before the portal speaks. */
  challenge: RegExp
}

/** A portal's page of one listing. `url` is a column of every such site. */
export interface DetailSite<C extends string> {
  columns: readonly C[]
  /** The path of a listing's page; a listing that is gone redirects elsewhere. */
  path: RegExp
  strategies: readonly Strategy<Partial<Row<C>>>[]
  challenge: RegExp
}
