import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { contentsOf } from '../../src/demo/listings.ts'
import { HOSTS, LISTS } from '../../src/demo/lists.ts'
import { portalServer } from '../../src/demo/portals.ts'

const SEED = 24
const PLACE = LISTS.findIndex(({ site, size }) => site === 'CyT' && size > 600)

/**
 * A portal on loopback whose list never ends: each of its `size` pages is
 * prepared beforehand, so that it costs the server nothing.
 */
export async function endlessList(size: number) {
  const pages = await preparedPages(size)
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://portal')
    if (url.pathname === '/robots.txt') return void response.writeHead(404).end()
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(pages[Number(url.searchParams.get('page') ?? 1) - 1])
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Page 1 of the demo's list, with other keys for each page. */
async function preparedPages(size: number): Promise<string[]> {
  const list = LISTS[PLACE]
  if (!list) throw new Error('the demo has no such list')
  const server = portalServer({ seed: SEED, faults: false, speed: 1000 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { pathname } = new URL(list.url)
  const [response] = await once(get({ port, path: pathname, headers: { host: HOSTS.CyT } }), 'response')
  const first = await text(response)
  server.close()
  server.closeAllConnections()
  const stem = contentsOf(list, PLACE, SEED).listings[0]?.id.slice(0, 3) ?? ''
  return Array.from({ length: size }, (_, page) => first.replaceAll(stem, String(100 + page)))
}
