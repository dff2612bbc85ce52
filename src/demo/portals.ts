import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { faultsOf, type Fault } from './faults.ts'
import { contentsOf, type ListContents } from './listings.ts'
import { HOSTS, LISTS, type PortalList } from './lists.ts'
import type { Place } from './portal.ts'
import { find } from './routes.ts'
import { shuffled } from './shuffle.ts'

export interface PortalOptions {
  /** The same seed gives the same listings and the same faults. */
  seed: number
  faults: boolean
  /** Whether lists change their order from request to request, as real ones do. */
  shuffle?: boolean
  /** How many times as fast as a real portal they answer. */
  speed: number
}

export interface Portals {
  /** Host of each portal → origin where it is reached, for `network.host_map`. */
  host_map: Record<string, string>
  /** What they show from now on: some listings are sold, some new, some have another price. */
  turnTo(fortnight: number): void
  close(): Promise<void>
}

/** Starts the demo's portals on one free port of loopback, told apart by the Host header. */
export async function startPortals(options: PortalOptions): Promise<Portals> {
  let contents = contentsOn(options.seed, 0)
  const server = portalServer(options, () => contents)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host_map: Object.fromEntries(Object.values(HOSTS).map((host) => [host, origin])),
    turnTo(fortnight) {
      contents = contentsOn(options.seed, fortnight)
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function contentsOn(seed: number, fortnight: number): ListContents[] {
  return LISTS.map((list, place) => contentsOf(list, place, seed, fortnight))
}

/** The portals' server, not listening yet. @param contents what they show; else what they begin with */
export function portalServer(
  { seed, faults, speed, shuffle = false }: PortalOptions,
  contents?: () => ListContents[],
): Server {
  const first = contents ? [] : contentsOn(seed, 0)
  const faultOf = faults ? faultsOf(seed) : new Map<PortalList, Fault>()
  const requests = new Map<PortalList, number>()

  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host ?? ''}`)
    const place = find(url, contents?.() ?? first, (each, pageSize) =>
      shuffle ? shuffled(each, { seed, count: requests.get(each.list) ?? 0, pageSize }) : each.listings,
    )
    const { list } = place
    const count = list ? (requests.get(list) ?? 0) + 1 : 0
    if (list) requests.set(list, count)
    const fault = list && faultOf.get(list)
    void respond(response, place, fault && count <= fault.times ? fault : undefined, speed)
  })
}

async function respond(
  response: ServerResponse,
  place: Place,
  fault: Fault | undefined,
  speed: number,
): Promise<void> {
  await sleep((place.latency_ms * (fault?.kind === 'slow' ? 8 : 1)) / speed, undefined, { ref: false })
  response.setHeader('content-type', place.type)
  switch (fault?.kind) {
    case 'too_many':
      response.writeHead(429, { 'retry-after': '1' }).end('Demasiadas solicitudes')
      return
    case 'challenge':
      response.writeHead(403).end('<title>Just a moment...</title><p>Verifica que eres humano</p>')
      return
    case 'error':
      response.writeHead(500).end('Error interno')
      return
    case 'gone':
      response.writeHead(404).end('No encontrado')
      return
    case 'layout':
      response.end('<!doctype html><title>Nuevo portal</title><main id="app"></main>')
      return
    case 'cut': {
      const body = Buffer.from(place.body())
      response.writeHead(200, { 'content-length': body.length })
      response.write(body.subarray(0, body.length / 2), () => response.destroy())
      return
    }
    case 'slow':
    case undefined:
      response.writeHead(place.status).end(place.body())
  }
}
