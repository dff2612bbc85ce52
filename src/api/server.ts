import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { createApp } from './app.ts'
import { writeEvents } from './event-writer.ts'
import type { Metrics } from './metrics.ts'
import { carries } from './token.ts'

/** Bytes of a request's first line and headers: an address can name many tasks. */
const LARGEST_HEAD = 1024 * 1024

export interface ServerParts {
  engine: Engine
  /** Path of the Unix socket; nothing must be there. */
  socket: string
  /** A TCP address to listen on as well, and the token that has to be shown there. */
  listen: { host: string; port: number; token: string } | null
  version: string
  /** Whether figures for Prometheus are kept, at GET /metrics. */
  metrics: boolean
  clock: Clock
}

export interface ApiServer {
  /** How many clients follow the events. */
  clients(): number
  /** The TCP port; null where there is none. */
  port: number | null
  /**
   * The engine is on its way out: nobody new is taken on (503 `closing`). Those who are there hear how it ends, and
   * are answered as long as the engine answers.
   */
  refuse(): void
  /** Ends every stream and lets go of the sockets. */
  close(): Promise<void>
}

/**
 * Answers HTTP over an engine: on a Unix socket that only its owner can open, and on TCP where asked for.
 * @throws ZafraError `config` where an address cannot be listened on
 */
export async function serveEngine({
  engine,
  socket,
  listen,
  version,
  metrics: wanted,
  clock,
}: ServerParts): Promise<ApiServer> {
  const streams = new Set<ServerResponse>()
  let closing = false
  const stream = ({ outgoing }: HttpBindings) => {
    openStream(engine, outgoing, clock)
    streams.add(outgoing)
    outgoing.on('close', () => streams.delete(outgoing))
  }
  const metrics = wanted ? await metricsOf(engine, version, clock) : null
  const app = createApp({ engine, version, metrics, closing: () => closing, stream })
  const answer = (request: Request, bindings: unknown) => app.fetch(request, bindings as HttpBindings)
  const local = serverOf(answer)
  const servers = [local]
  await listening(local, socket, () => onlyForOwner(() => local.listen(socket)))
  if (listen) {
    const { host, port, token } = listen
    const open = serverOf((request, bindings) =>
      carries(request.headers.get('authorization') ?? undefined, token)
        ? answer(request, bindings)
        : unauthorized(),
    )
    servers.push(open)
    try {
      await listening(open, `${host}:${port}`, () => open.listen(port, host))
    } catch (error) {
      local.close()
      throw error
    }
  }
  const refuse = () => {
    closing = true
  }
  return {
    clients: () => streams.size,
    port: portOf(servers[1]),
    refuse,
    async close() {
      refuse()
      for (const outgoing of streams) outgoing.end()
      metrics?.close()
      await Promise.all(servers.map(closed))
    },
  }
}

/** Loaded only where they are asked for. */
async function metricsOf(engine: Engine, version: string, clock: Clock): Promise<Metrics> {
  const { createMetrics } = await import('./metrics.ts')
  return createMetrics({ engine, version, clock })
}

function openStream(engine: Engine, outgoing: ServerResponse, clock: Clock): void {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  outgoing.flushHeaders()
  const stop = writeEvents(engine, outgoing, clock)
  outgoing.on('close', stop).on('error', stop)
}

function serverOf(fetch: (request: Request, bindings: unknown) => Response | Promise<Response>): Server {
  // Without `overrideGlobalObjects` the library would replace Request and Response for the whole program.
  return createAdaptorServer({
    fetch,
    overrideGlobalObjects: false,
    serverOptions: { maxHeaderSize: LARGEST_HEAD },
  }) as Server
}

async function listening(server: Server, where: string, listen: () => void): Promise<void> {
  try {
    const up = once(server, 'listening')
    listen()
    await up
  } catch (error) {
    throw new ZafraError('config', `cannot listen on ${where}: ${reason(error)}; see api in zafra.yaml`, {
      cause: error,
    })
  }
}

/** The mode of a socket comes from the umask of the moment in which it is made; later would be too late. */
function onlyForOwner(bind: () => void): void {
  const before = process.umask(0o177)
  try {
    bind()
  } finally {
    process.umask(before)
  }
}

function portOf(server: Server | undefined): number | null {
  const address = server?.address()
  return typeof address === 'object' && address !== null ? address.port : null
}

function unauthorized(): Response {
  const message = 'show the token of ZAFRA_API_TOKEN: Authorization: Bearer …'
  return Response.json(
    { error: { code: 'usage', message } },
    { status: 401, headers: { 'www-authenticate': 'Bearer' } },
  )
}

/** Answers that are still being made have had their time when the engine is closed. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
