/** A fetched page. */
export interface Page {
  /** Where it was found in the end, redirects followed. */
  url: URL
  html: string
  /** When it was fetched: "3 days ago" counts from here. */
  fetched: Date
}

/** Parameters that tell where a visitor came from, not what the page is. */
const TRACKING = /^(?:utm_\w+|gclid|fbclid)$/

/**
 * `href` of a page as a full address, without fragment and tracking; undefined unless it leads to the same site.
 * Pages are hostile: what another host says must not become something to fetch.
 */
export function link(href: unknown, page: Page): string | undefined {
  const url = address(href, page)
  return url && site(url) === site(page.url) ? url.href : undefined
}

/** As `link`, for aggregators, whose listings are elsewhere: to any site, but not to one with a password. */
export function outwardLink(href: unknown, page: Page): string | undefined {
  const url = address(href, page)
  return url && !url.username && !url.password ? url.href : undefined
}

function address(href: unknown, page: Page): URL | undefined {
  const url = typeof href === 'string' && href ? URL.parse(href, page.url.href) : null
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  // Setting it takes the whole address apart again.
  if (url.href.includes('#')) url.hash = ''
  if (!url.search) return url
  const tracking = url.searchParams.keys().filter((name) => TRACKING.test(name))
  for (const name of tracking.toArray()) url.searchParams.delete(name)
  return url
}

function site(url: URL): string {
  return url.host.replace(/^www\./, '')
}
