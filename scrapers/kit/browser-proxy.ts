import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type LookupFunction } from 'node:net'
import type { Duplex } from 'node:stream'
import { publicLookup, refusePrivateLiteral } from './address.ts'
import type { Settings } from './settings.ts'

type Reach = Pick<Settings, 'hostMap' | 'allowPrivate'>

/** Where a connection goes. */
interface Goal {
  host: string
  port: number
  /** Resolves the name at the moment of connecting, to addresses that may be reached. */
  lookup?: LookupFunction
}

/**
 * The one way of a browser to the network: a proxy on loopback that looks at the address of each connection when it is
 * made, whoever in the browser makes it and whatever a name meant a moment ago.
 */
export async function openProxy(reach: Reach): Promise<{ origin: string; close(): void }> {
  const server = createServer((asked, response) => pass(asked, response, reach))
  server.on('connect', (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnel(URL.parse(`https://${asked.url}`), socket, head, reach)
  })
  server.on('upgrade', (_, socket: Duplex) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** One request over plain HTTP, which a browser sends to a proxy with its full address. */
function pass(asked: IncomingMessage, response: ServerResponse, reach: Reach): void {
  const url = URL.parse(asked.url ?? '')
  const goal = url?.protocol === 'http:' ? goalOf(url, reach) : undefined
  // Without an answer the browser says that there was none, which is what is true.
  if (!url || !goal) return void response.destroy()
  const { method } = asked
  const { 'proxy-connection': _ours, ...headers } = asked.headers
  const path = url.pathname + url.search
  const passed = request({ ...goal, method, path, headers: { ...headers, host: url.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.on('error', () => response.destroy()).pipe(response)
  })
  passed.on('error', () => response.destroy())
  asked.pipe(passed)
}

/** A connection that is encrypted from end to end. */
function tunnel(url: URL | null, socket: Duplex, head: Buffer, reach: Reach): void {
  const goal = url && goalOf(url, reach)
  if (!goal) return void socket.destroy()
  const onward = connect(goal, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    onward.write(head)
    onward.pipe(socket).pipe(onward)
  })
  onward.on('error', () => socket.destroy())
  socket.on('error', () => onward.destroy())
}

/** Undefined: nowhere that may be reached. */
function goalOf(url: URL, { hostMap, allowPrivate }: Reach): Goal | undefined {
  const mapped = hostMap.get(url.host)
  const { hostname, port, protocol } = mapped ?? url
  const host = hostname.replace(/^\[|\]$/g, '')
  const goal = { host, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
  if (mapped || allowPrivate) return goal
  try {
    refusePrivateLiteral(url)
    return { ...goal, lookup: publicLookup }
  } catch {
    return undefined
  }
}
