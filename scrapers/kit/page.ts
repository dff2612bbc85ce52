/** A fetched page. */
export interface Page {
  /** Where it was found in the end, redirects followed. */
  url: URL
  html: string
}

/**
 * `href` of a page as a full address, without fragment; undefined unless it leads to the same site.
 * Pages are hostile: what another host says must not become something to fetch.
 */
export function link(href: unknown, page: Page): string | undefined {
  const url = typeof href === 'string' ? URL.parse(href, page.url.href) : null
  if (!url || site(url) !== site(page.url) || !/^https?:$/.test(url.protocol)) return undefined
  url.hash = ''
  return url.href
}

function site(url: URL): string {
  return url.host.replace(/^www\./, '')
}
