import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { contentsOf, type Listing } from '../../src/demo/listings.ts'
import { HOSTS, LISTS, type PortalList } from '../../src/demo/lists.ts'
import { portalServer } from '../../src/demo/portals.ts'

const SEED = 7

/** The demo's portals for the tests of one file, with all that was asked of them. */
export function usePortals() {
  const folder = mkdtempSync(join(tmpdir(), 'zafra-harvest-'))
  const server = portalServer({ seed: SEED, faults: false, speed: 1000 })
  const asked: string[] = []
  let hostMap = ''
  beforeAll(async () => {
    server.on('request', (request) => asked.push(`https://${request.headers.host}${request.url}`))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    hostMap = JSON.stringify(Object.fromEntries(Object.values(HOSTS).map((host) => [host, origin])))
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    folder,
    asked,
    given: (name: string, list: PortalList) => ({
      SCRAPER_OUTPUT_FILE: join(folder, `${name}.csv`),
      SCRAPER_INPUT_URL: list.url,
      SCRAPER_HOST_MAP: hostMap,
    }),
  }
}

export function placeOf(site: string, product: string, town: string): number {
  return LISTS.findIndex((list) => list.site === site && list.product === product && list.town === town)
}

/** What a list holds. */
export function truthOf(place: number): { list: PortalList; listings: Listing[] } {
  const list = LISTS[place]
  if (!list) throw new Error(`there is no list ${place}`)
  return { list, listings: contentsOf(list, place, SEED).listings }
}
