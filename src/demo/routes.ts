import { CYT_ROBOTS, cytPage } from './cyt.ts'
import { INM24_DETAIL, INM24_LIST, INM24_ROBOTS, inm24Detail, inm24Page } from './inm24.ts'
import type { ListContents } from './listings.ts'
import { HOSTS } from './lists.ts'

/** What stands at an address of the portals. */
export interface Place {
  status: 200 | 404
  type: string
  body: () => string
  /** How long a real portal takes. */
  latency_ms: number
  /** Set where the address is a page of a list. */
  list?: ListContents
}

const HTML = 'text/html; charset=utf-8'
const NOWHERE: Place = { status: 404, type: HTML, body: () => 'No encontrado', latency_ms: 20 }

/** What stands at `url`. @param contents every list of every portal */
export function find(url: URL, contents: readonly ListContents[]): Place {
  if (url.host === HOSTS.CyT)
    return url.pathname === '/robots.txt' ? robots(CYT_ROBOTS) : cytList(url, contents)
  if (url.host !== HOSTS.Inm24) return NOWHERE
  if (url.pathname === '/robots.txt') return robots(INM24_ROBOTS)
  return inm24Listing(url, contents) ?? inm24List(url, contents)
}

function robots(text: string): Place {
  return { status: 200, type: 'text/plain', body: () => text, latency_ms: 20 }
}

function cytList(url: URL, contents: readonly ListContents[]): Place {
  const list = contents.find((each) => each.list.url === url.origin + url.pathname)
  if (!list) return NOWHERE
  const page = Number(url.searchParams.get('page') ?? 1)
  return { status: 200, type: HTML, body: () => cytPage(list, page), latency_ms: 350, list }
}

function inm24List(url: URL, contents: readonly ListContents[]): Place {
  const [, path, sorted, page] = INM24_LIST.exec(url.pathname) ?? []
  const list = contents.find((each) => each.list.url === `${url.origin}${path}.html`)
  if (!list) return NOWHERE
  const body = () => inm24Page(list, Number(page ?? 1), sorted !== undefined)
  return { status: 200, type: HTML, body, latency_ms: 300, list }
}

function inm24Listing(url: URL, contents: readonly ListContents[]): Place | undefined {
  const id = INM24_DETAIL.exec(url.pathname)?.[1]
  for (const { list, listings } of contents) {
    const listing = list.site === 'Inm24' && listings.find((each) => each.id === id)
    if (!listing) continue
    return listing.vanished
      ? NOWHERE
      : { status: 200, type: HTML, body: () => inm24Detail(list, listing), latency_ms: 20 }
  }
  return undefined
}
