/** A fetched page. */
export interface Page {
  /** Where it was found in the end, redirects followed. */
  url: URL
  /** The address of the list that the page is of; absent for the page of one listing. */
  list?: URL
  html: string
  /**
   * The document as the server sent it: where scripts ran, `html` is what they made of it. Embedded state is read from
   * here, since scripts remove it.
   */
  source: string
  /** When it was fetched: "3 days ago" counts from here. */
  fetched: Date
}

/**
 * Parameters that tell where a visitor came from and where in a list the listing stood, not what the page is. `ref`, `id`,
 * `page` and the like stay: some portals name a listing by them.
 */
const TRACKING = new RegExp(
  `^(?:${[
    String.raw`utm_\w+|n_\w+|_g[al]\w*|_hs\w+|mc_[ce]id|__\w*tid|_branch_\w+|_ke|_kx`,
    String.raw`gcl(?:id|src)|[gw]braid|gad_\w+|dclid|fbclid|msclkid|yclid|ttclid|twclid|igsh(?:id)?|li_fat_id|srsltid`,
    String.raw`trovit_\w+|search_?(?:terms|id|session|position)|(?:list(?:ing)?|card|result)?_?(?:pos|position|posicion|rank)`,
    String.raw`refer(?:r)?er|ref_(?:src|url|page)|(?:impression|click|session|visit(?:or)?)_?id|jsessionid|phpsessid|sid`,
  ].join('|')})$`,
  'i',
)

/**
 * `href` of a page as a full address, without fragment and tracking, always written the same way; undefined unless it leads to the same site.
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

function address(href: unknown, page: Page | undefined, depth = 0): URL | undefined {
  const url = typeof href === 'string' && href ? URL.parse(href, page?.url.href) : null
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  // Setting one takes the whole address apart again.
  if (url.href.includes('#')) url.hash = ''
  if (url.pathname.includes('%')) url.pathname = normalized(url.pathname)
  if (url.pathname.includes(';')) url.pathname = url.pathname.replace(/;jsessionid=[^/]*/i, '')
  if (url.href.includes('?')) url.search = search(url.search, depth)
  return url
}

/** The parameters that name the page, in one order, since some sites hold to none. Not decoded: their charset is unknown. */
function search(written: string, depth: number): string {
  const parameters = written.slice(1).split('&').filter(Boolean)
  const naming = parameters.filter((each) => !TRACKING.test(decoded(each.split('=', 1)[0] ?? '')))
  return naming
    .map((each) => withCleanAddress(normalized(each), depth))
    .toSorted()
    .join('&')
}

/** A parameter, and where it holds an address (of a redirect, say) that one without tracking too. */
function withCleanAddress(parameter: string, depth: number): string {
  const [, name = '', value = ''] = /^([^=]*=)(https?(?::|%3A).*)$/i.exec(parameter) ?? []
  const url = value && depth < 3 ? address(decoded(value), undefined, depth + 1) : undefined
  return url ? name + encodeURIComponent(url.href) : parameter
}

/** Percent-encoding has several ways to say the same. */
function normalized(written: string): string {
  return written.replace(/%[\da-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : code.toUpperCase()
  })
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

function site(url: URL): string {
  return url.host.replace(/^www\./, '')
}
