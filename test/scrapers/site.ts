import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export const HOST = 'www.portal.example'

export interface Asked {
  host: string
  path: string
  at: number
  headers: IncomingMessage['headers']
}

/**
 * A site on loopback for one test. `answer` gets each request with how often its path was asked before;
 * robots.txt is absent unless it answers that itself.
 */
export async function serve(
  answer: (asked: Asked, response: ServerResponse, before: number) => void,
): Promise<{ asked: Asked[]; hostMap: Map<string, URL>; env: { SCRAPER_HOST_MAP: string } }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const { url: path = '', headers } = request
    const before = asked.filter((each) => each.path === path).length
    const now = { host: headers.host ?? '', path, at: performance.now(), headers }
    asked.push(now)
    answer(now, response, before)
    if (path === '/robots.txt' && !response.writableEnded) response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    asked,
    hostMap: new Map([[HOST, new URL(origin)]]),
    env: { SCRAPER_HOST_MAP: JSON.stringify({ [HOST]: origin }) },
  }
}
