import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type LookupFunction } from 'node:net'
import { pipeline, type Duplex } from 'node:stream'
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

/** As long as a page is waited for: a host that is silent when asked for a connection holds none back. */
const CONNECT_MS = 30_000

/**
 * The one way of a browser to the network: a proxy on loopback that looks at the address of each connection when it is
 * made, whoever in the browser makes it and whatever a name meant a moment ago.
 */
export async function openProxy(reach: Reach): Promise<{ origin: string; close(): void }> {
  const server = createServer((asked, response) => pass(asked, response, reach))
  const sockets = new Set<Duplex>()
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
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
      // Tunnels among them, of which the server knows nothing any more. What they lead to ends with them.
      for (const socket of sockets) socket.destroy()
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
  const passed = request({ ...goal, method, path, headers: { ...headers, host: url.host } })
  passed.on('response', (answer) => answerWith(answer, response)).on('error', () => response.destroy())
  // Nobody waits for it any more; or it has ended, and this does nothing.
  response.on('close', () => passed.destroy())
  asked.pipe(passed)
}

function answerWith(answer: IncomingMessage, response: ServerResponse): void {
  try {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
  } catch {
    // A status or a header that no server may send.
    return void response.destroy()
  }
  pipeline(answer, response, () => {})
}

/** A connection that is encrypted from end to end. It ends whole as soon as either side is gone. */
function tunnel(url: URL | null, socket: Duplex, head: Buffer, reach: Reach): void {
  const goal = url && goalOf(url, reach)
  if (!goal) return void socket.destroy()
  const onward = connect({ ...goal, timeout: CONNECT_MS }, () => {
    onward.setTimeout(0)
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    onward.write(head)
    onward.pipe(socket).pipe(onward)
  })
  onward.on('timeout', () => onward.destroy())
  for (const [one, other] of [
    [socket, onward],
    [onward, socket],
  ] as const) {
    one.on('error', () => {}).on('close', () => other.destroy())
  }
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
