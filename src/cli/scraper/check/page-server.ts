import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../domain/clock.ts'
import { EMPTY, find, LIST, listingPath } from './listing-pages.ts'

/** How the portal behaves: as it should · without listings · HTTP 500 · HTTP 403 · silent after its first page. */
export type Mood = 'plain' | 'empty' | 'failing' | 'walled' | 'hanging'

export interface Asked {
  path: string
  /** As `Clock.monotonic`. */
  at: number
  user_agent: string
}

export interface PageServer {
  /** The list's address. */
  url: string
  /** Addresses of single listings; none where only the list knows them. */
  listings: readonly string[]
  /** Host → origin, for scrapers that take a host map. */
  host_map: Readonly<Record<string, string>>
  /** Takes another mood and forgets what was asked. `onHang` hears of a request that will never be answered. */
  begin(mood: Mood, onHang?: () => void): void
  /** Pages asked for since then, robots.txt left out. */
  asked(): readonly Asked[]
  close(): Promise<void>
}

/** Where the pages come from, while the portal is in no mood. */
interface Portal {
  answer(request: IncomingMessage, response: ServerResponse): void
  /** @param origin of the server */
  addresses(origin: string): Pick<PageServer, 'url' | 'listings' | 'host_map'>
}

/** Starts a small portal on loopback. */
export async function startPageServer(portal: Portal, clock: Clock): Promise<PageServer> {
  let mood: Mood = 'plain'
  let asked: Asked[] = []
  let onHang = () => {}
  const server = createServer((request, response) => {
    const { url: path = '/', headers } = request
    if (path === '/robots.txt') return portal.answer(request, response)
    asked.push({ path, at: clock.monotonic(), user_agent: headers['user-agent'] ?? '' })
    if (mood === 'hanging' && asked.length > 1) return onHang()
    if (mood === 'plain' || mood === 'hanging') return portal.answer(request, response)
    const [status, text] = { empty: [200, EMPTY], failing: [500, 'Error'], walled: [403, 'Access denied'] }[
      mood
    ] as [number, string]
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...portal.addresses(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    begin(next, heard = () => {}) {
      ;[mood, asked, onHang] = [next, [], heard]
    },
    asked: () => asked,
    close: () => closed(server),
  }
}

async function closed(server: Server): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

/** A portal like no other: a list of fifty houses on five pages. */
export const PLAIN_PORTAL: Portal = {
  answer({ url: path = '/' }, response) {
    const page = path === '/robots.txt' ? 'User-agent: *\nAllow: /\n' : find(path)
    const type = path === '/robots.txt' ? 'text/plain' : 'text/html; charset=utf-8'
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': type }).end(page)
  },
  addresses: (origin) => ({
    url: origin + LIST,
    listings: Array.from({ length: 10 }, (_, at) => origin + listingPath(at + 1)),
    host_map: {},
  }),
}

/** The demo's portal of a site, for scrapers over the kit; undefined where the demo has none. */
export async function demoPortal(site: string): Promise<Portal | undefined> {
  const [{ portalServer }, { HOSTS, LISTS }] = await Promise.all([
    import('../../../demo/portals.ts'),
    import('../../../demo/lists.ts'),
  ])
  const list = LISTS.find((each) => each.site === site)
  if (!list) return undefined
  // It never listens: it only answers what is handed to it.
  const demo = portalServer({ seed: 24, faults: false, speed: 1000 })
  return {
    answer: (request, response) => void demo.emit('request', request, response),
    addresses: (origin) => ({
      url: list.url,
      listings: [],
      host_map: Object.fromEntries(Object.values(HOSTS).map((host) => [host, origin])),
    }),
  }
}
