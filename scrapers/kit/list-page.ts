import { Failure } from './failure.ts'
import type { ListingColumn } from './listing.ts'
import { readPage, unreadable } from './reading.ts'
import { leadsToSame } from './redirects.ts'
import type { Run } from './scrape.ts'
import type { Found, ListSite } from './site.ts'

/** A page of a list: which one, and what is known of the list when it is asked for. */
export interface Asked {
  list: URL
  /** Address of the first page. */
  first: URL
  url: URL
  /** From 1. */
  number: number
  /** Whether the portal counts more listings than the pages before had. */
  isMissed: boolean
  /** Whether the list's own address redirected elsewhere, so that all its pages may. */
  isElsewhere: boolean
}

export interface ListPage<C extends string> extends Found<C> {
  /** Where the page was found, when it redirected to another place; no listing of it is taken past page 1. */
  redirectedTo?: URL
  /** Whether the portal refuses this page and shows the first one: it shows no more of the list. */
  isCap?: boolean
}

const NOTHING = { rows: [] }

/**
 * What one page of a list holds; no listings where the list ended before it.
 * @throws Failure `blocked` or `layout_changed` for a page that nobody can read: that is no end of a list
 */
export async function listPage<C extends string>(
  site: ListSite<C>,
  asked: Asked,
  run: Run,
): Promise<ListPage<ListingColumn | C>> {
  try {
    const found = await read(site, asked, run)
    if (asked.number === 1 || found.rows.length > 0 || !asked.isMissed || found.redirectedTo) return found
    run.report.log('warn', `${asked.url.href} has none of the listings that are still to come; once more`)
    return await read(site, asked, run)
  } catch (thrown) {
    if (asked.number === 1 || !(thrown instanceof Failure)) throw thrown
    if (thrown.class === 'layout_changed') return read(site, asked, run)
    if (thrown.class === 'not_found') return asked.isMissed ? missingPage(site, asked, run) : NOTHING
    if (thrown.class === 'blocked' && (await isCap(site, asked, thrown, run)))
      return { ...NOTHING, isCap: true }
    throw thrown
  }
}

/** A page that is not there, although the portal counts more listings than it has shown: once more, then that is its cap. */
async function missingPage<C extends string>(
  site: ListSite<C>,
  asked: Asked,
  run: Run,
): Promise<ListPage<ListingColumn | C>> {
  try {
    return await read(site, asked, run)
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.class !== 'not_found') throw thrown
    return (await isCap(site, asked, thrown, run)) ? { ...NOTHING, isCap: true } : NOTHING
  }
}

async function read<C extends string>(
  site: ListSite<C>,
  { list, first, url, number, isElsewhere }: Asked,
  { client, report }: Run,
): Promise<ListPage<ListingColumn | C>> {
  const page = { ...(await client.page(url)), list }
  const redirect = leadsToSame(url, page.url) ? {} : { redirectedTo: page.url }
  if (number > 1 && redirect.redirectedTo) {
    // Back to its beginning: that is how many portals answer a page that is not there.
    if (leadsToSame(first, page.url) || leadsToSame(list, page.url)) return NOTHING
    if (!isElsewhere && !isPageOf(list, number, page.url)) return { ...NOTHING, ...redirect }
  }
  const found = readPage(page, site.strategies, report)
  const rows = found?.rows.filter((row) => row.id !== undefined) ?? []
  if (found && (rows.length > 0 || (number === 1 && found.total === 0)))
    return { ...found, rows, ...redirect }
  if (number === 1 || !found || found.rows.length > 0) throw unreadable(page)
  // What such a page counts, if anything, is itself.
  return NOTHING
}

/** Whether an address is another form of a page's: below the list's, and with the page's number. */
function isPageOf(list: URL, number: number, led: URL): boolean {
  const base = list.pathname.replace(/(?:\.html)?\/?$/, '')
  const rest = led.pathname.slice(base.length) + led.search
  return led.pathname.startsWith(base) && new RegExp(`\\b${number}\\b`).test(rest)
}

/** One page that is refused or not there, while the first one is still shown, is how a portal limits a list. */
async function isCap<C extends string>(
  site: ListSite<C>,
  asked: Asked,
  { http = 200, url }: Failure,
  run: Run,
): Promise<boolean> {
  if (http < 400) return false
  try {
    const { rows } = await read(site, { ...asked, url: asked.first, number: 1 }, run)
    run.report.log('warn', `${url} is refused and ${asked.first.href} is not: the portal shows no more`)
    return rows.length > 0
  } catch (thrown) {
    if (thrown instanceof Failure) return false
    throw thrown
  }
}
